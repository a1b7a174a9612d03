"""The textbook fits, each a few lines and none of them fast.

J(w, b) = Σ vᵢℓ(yᵢ, w·xᵢ + b)/Σvᵢ + (λ/2)‖w‖², b free; ℓ = ½(y − z)² or log(1 + e^(−yz)), y = ±1; the
weights v are 1 where there are none.
"""

import numpy as np

from experiment import Real


class Fit:
    def __init__(self, weights, bias, status="ok", epochs=None, history=None):
        self.weights, self.bias, self.status = weights, bias, status
        self.epochs, self.history = epochs, history or []


def solve(matrix, right):
    """A x = r by double-precision LU, refined with residuals in extended precision."""
    low = matrix.astype(float)
    x = np.linalg.solve(low, right.astype(float)).astype(Real)
    for _ in range(8):
        x = x + np.linalg.solve(low, (right - matrix @ x).astype(float))
    return x


def mean(values, v):
    """Over the rows, the first axis."""
    return v @ values / v.sum()


def centred(x, y, intercept, v):
    if not intercept:
        return x, y, 0 * x[0], Real(0)
    mean_x, mean_y = mean(x, v), mean(y, v)
    return x - mean_x, y - mean_y, mean_x, mean_y


def ridge(x, y, penalty, intercept, v=None):
    """The normal equations of the centred problem."""
    v = np.ones(len(y), Real) if v is None else v
    xc, yc, mean_x, mean_y = centred(x, y, intercept, v)
    n, d = v.sum(), xc.shape[1]
    if penalty == 0 and np.linalg.matrix_rank(xc.astype(float)) < d:
        return Fit(None, None, "singular")
    xv = xc * v[:, None]
    w = solve(xv.T @ xc / n + penalty * np.eye(d, dtype=Real), xv.T @ yc / n)
    return Fit(w, mean_y - mean_x @ w if intercept else Real(0))


def minimum_norm(x, y, penalty, intercept, v=None):
    """The same, and at λ = 0 the pseudo-inverse of the centred matrix."""
    v = np.ones(len(y), Real) if v is None else v
    xc, yc, mean_x, mean_y = centred(x, y, intercept, v)
    full = np.linalg.matrix_rank(xc.astype(float), tol=None) == xc.shape[1]
    if penalty > 0 or full:
        return ridge(x, y, penalty, intercept, v)
    root = np.sqrt(v)
    w = np.linalg.pinv((xc * root[:, None]).astype(float), rcond=1e-12).astype(Real) @ (yc * root)
    return Fit(w, mean_y - mean_x @ w if intercept else Real(0))


def loss_value(x, y, w, b, loss, v):
    z = x @ w + b
    return mean((y - z) ** 2 / 2 if loss == "squared" else np.logaddexp(Real(0), -y * z), v)


def loss_gradient(x, y, w, b, loss, v):
    z = x @ w + b
    slope = z - y if loss == "squared" else -y / (1 + np.exp(y * z))
    return x.T @ (v * slope) / v.sum(), mean(slope, v)


def rate(eta, schedule, epoch):
    if isinstance(schedule, dict):
        (kind, decay), = schedule.items()
        return eta / (1 + decay * epoch) if kind == "inverse_time" else eta / np.sqrt(
            Real(1 + decay * epoch))
    return eta


def descend(x, y, penalty, point, intercept, loss, v=None, radius=None, tolerance=0,
            shares=(Real(1),)):
    """Gradient descent from zero; with a radius, w is projected on the ball after each step.

    An epoch takes one step for each of `shares`, the m/B of its batches; every batch is taken to
    have the mean gradient of all rows, which is so for one batch or for rows that are all alike.
    """
    v = np.ones(len(y), Real) if v is None else v
    w, b = np.zeros(x.shape[1], Real), Real(0)
    start = loss_value(x, y, w, b, loss, v)
    history = []

    def gradient(w, b):
        gw, gb = loss_gradient(x, y, w, b, loss, v)
        return gw, gb if intercept else Real(0)

    for epoch in range(int(point["epochs"])):
        gw, gb = gradient(w, b)
        if tolerance and np.sqrt(np.sum((gw + penalty * w) ** 2) + gb**2) <= tolerance:
            return Fit(w, b, "ok", epoch, history)
        for share in shares:
            gw, gb = gradient(w, b)
            eta = share * Real(rate(Real(point["eta"]), point["schedule"], epoch))
            w, b = (1 - eta * penalty) * w - eta * gw, b - eta * gb
            if radius is not None and (norm := np.sqrt(w @ w)) > radius:
                w = w * (radius / norm)
        value = loss_value(x, y, w, b, loss, v) + penalty / 2 * (w @ w)
        history.append((epoch + 1, value, w, b))
        if not np.isfinite(value) or value > 1e12 * start:
            return Fit(w, b, "diverged", epoch + 1, history)
    gw, gb = gradient(w, b)
    value = loss_value(x, y, w, b, loss, v) + penalty / 2 * (w @ w)
    if value > (1 + 1e-9 if shares == (Real(1),) else 100) * start:
        return Fit(w, b, "diverged", int(point["epochs"]), history)
    missed = tolerance and np.sqrt(np.sum((gw + penalty * w) ** 2) + gb**2) > tolerance
    return Fit(w, b, "not_converged" if missed else "ok", int(point["epochs"]), history)


def newton(x, y, penalty, intercept, v=None):
    """The logistic optimum to the rounding floor of the extended format."""
    rows = np.ones(len(y), Real) if v is None else v
    n, d = rows.sum(), x.shape[1]
    a = np.hstack([x, np.ones((len(y), 1), Real)]) if intercept else x
    free = np.diag([penalty] * d + [Real(0)] * (a.shape[1] - d)).astype(Real)
    v = np.zeros(a.shape[1], Real)
    value = lambda v: mean(np.logaddexp(Real(0), -y * (a @ v)), rows) + v @ free @ v / 2
    for _ in range(100):
        p = 1 / (1 + np.exp(y * (a @ v)))
        gradient = a.T @ (-y * p * rows) / n + free @ v
        hessian = (a * (rows * p * (1 - p))[:, None]).T @ a / n + free
        step, size = solve(hessian, gradient), Real(1)
        while size > 1e-6 and value(v - size * step) > value(v) + 1e-17:
            size /= 2
        v = v - size * step
        if np.abs(size * step).max() <= 1e-17 * (1 + np.abs(v).max()):
            break
    return Fit(v[:d], v[d] if intercept else Real(0))


def hessian(x, fit, intercept, loss, v):
    """The Hessian of the mean loss in w, the intercept eliminated."""
    n, weight = v.sum(), v
    if loss == "logistic":
        p = 1 / (1 + np.exp(-(x @ fit.weights + fit.bias)))
        weight = v * p * (1 - p)
    if intercept:
        x = x - weight @ x / weight.sum()
    return (x * weight[:, None]).T @ x / n


def effective_df(matrix, penalty, rates=None):
    """Σ μ/(μ + λ), at λ = 0 the rank; of a descent with these learning rates the iterate's share of it."""
    eigenvalues = np.linalg.eigvalsh(matrix.astype(float))
    if rates is not None:
        left = np.ones(len(eigenvalues), Real)
        for eta in rates:
            left = left * (1 - eta * (eigenvalues + Real(penalty)))
        mu = np.where(eigenvalues > 1e-12 * eigenvalues.max(initial=0), eigenvalues, 0)
        return float(np.sum((1 - left) * mu / np.where(mu > 0, mu + Real(penalty), 1)))
    if penalty == 0:
        return float(np.sum(eigenvalues > 1e-12 * eigenvalues.max(initial=0)))
    if len(matrix) > 40:
        return float(np.sum(eigenvalues / (eigenvalues + float(penalty))))
    return float(np.trace(solve(matrix + penalty * np.eye(len(matrix), dtype=Real), matrix)))
