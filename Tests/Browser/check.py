#!/usr/bin/env python3
"""Opens pages and pictures of the program in headless Chromium and says what went wrong there.

    Tests/Browser/check.py FILE.html|FILE.svg… [--screenshots DIR] [--require]

Of every file: no message on the console, no request but for the file itself, a screenshot at 400,
800 and 1600 pixels, light and dark. Of a report also: nothing is wider than its window, pointing at
a curve shows its values, the arrow keys walk along it, a column sorts, and without JavaScript
the answer, the curve and the table are there.

Without Chromium it does nothing, or fails with --require (and in CI).
"""

import argparse
import base64
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

WIDTHS = (400, 800, 1600)

# Runs after the report's own script and reports what it finds as console messages.
PROBE = """
<script>
(() => {
  const say = (name, good) => console.log('PROBE ' + (good ? 'ok ' : 'FAILED ') + name);
  const tip = document.getElementById('tip');
  const visible = [...document.querySelectorAll('.hit')].filter(hit => hit.getClientRects().length);
  say('a curve has places to point at', visible.length > 0);
  const box = visible[0].getBoundingClientRect();
  visible[0].dispatchEvent(new PointerEvent('pointermove',
    { clientX: box.left + 2, clientY: box.top + 2, bubbles: true }));
  say('pointing shows the values', !tip.hidden && /validation/.test(tip.textContent));
  visible[0].dispatchEvent(new PointerEvent('pointerleave'));
  say('leaving hides them', tip.hidden);
  const figure = document.querySelector('figure[tabindex]');
  figure.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
  const first = tip.textContent;
  figure.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
  const places = [...figure.querySelectorAll('.hit')].filter(hit => hit.getClientRects().length);
  say('arrow keys walk along the curve', !tip.hidden && (places.length < 2 || tip.textContent !== first));
  figure.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  say('escape hides the values', tip.hidden);
  const table = document.querySelector('table.sortable');
  const heads = [...table.querySelectorAll('thead th')];
  const column = heads.findIndex(head => /^validation/.test(head.textContent));
  const keys = () => [...table.tBodies[0].rows]
    .map(row => row.cells[column].dataset.v).filter(value => value !== undefined).map(Number);
  const isSorted = values => values.every((value, i) => i === 0 || values[i - 1] <= value);
  const before = keys().join();
  heads[column].querySelector('button').click();
  say('a click sorts upwards', isSorted(keys()) && heads[column].ariaSort === 'ascending');
  heads[column].querySelector('button').click();
  say('a second one downwards', isSorted(keys().reverse()) && heads[column].ariaSort === 'descending');
  heads[column].querySelector('button').click();
  say('a third one as it was', keys().join() === before);
  const root = document.documentElement;
  say('nothing is wider than the window', root.scrollWidth <= root.clientWidth);
  const size = document.querySelectorAll('h1').length;
  say('one first heading', size === 1);
})();
</script>
"""


def chromium():
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        path = shutil.which(name)
        if path:
            return path
    return None


class Browser:
    def __init__(self, path, folder):
        self.path = path
        self.folder = folder

    def run(self, url, *options):
        """Standard output, console messages and requested addresses of one visit."""
        log = self.folder / "net.json"
        profile = tempfile.mkdtemp(dir=self.folder)
        command = [
            self.path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-default-apps", "--disable-sync", "--disable-extensions", "--hide-scrollbars",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", f"--log-net-log={log}", f"--user-data-dir={profile}", *options, url,
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        console = [line for line in done.stderr.splitlines() if ":CONSOLE" in line]
        return done.stdout, console, self.requests(log)

    @staticmethod
    def requests(log):
        """What the page asked for; the browser's own calls have no origin."""
        try:
            events = json.loads(log.read_text())["events"]
        except (OSError, ValueError, KeyError):
            return ["the browser wrote no network log"]
        asked = (event.get("params", {}) for event in events)
        return sorted({
            request["url"] for request in asked
            if "method" in request and request.get("initiator") != "not an origin"
            and not request.get("url", "file:").startswith(("file:", "data:"))
        })


def control(browser):
    """The problem when a request or a console message would go unnoticed; else None."""
    page = browser.folder / "control.html"
    page.write_text("<img src='http://127.0.0.1:9/x.png'><script>console.log('here')</script>")
    _, console, requests = browser.run(page.as_uri(), "--dump-dom")
    if requests != ["http://127.0.0.1:9/x.png"]:
        return f"the request of a page that makes one is reported as {requests}"
    return None if any("here" in line for line in console) else "a console message is not seen"


def checks(browser, file, screenshots):
    """(name, problem or None) of every check of one file."""
    url = file.resolve().as_uri()
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            picture = screenshots / f"{file.stem}-{file.suffix[1:]}-{width}-{scheme}.png"
            picture.unlink(missing_ok=True)
            dark = ["--force-dark-mode"] if scheme == "dark" else []
            _, console, requests = browser.run(
                url, f"--window-size={width},{width * 2}", f"--screenshot={picture}", *dark)
            problem = None
            if not picture.exists() or picture.stat().st_size < 2000:
                problem = "no picture"
            yield f"screenshot at {width}, {scheme}", problem
            yield f"silent console at {width}, {scheme}", "; ".join(console) or None
            yield f"no requests at {width}, {scheme}", "; ".join(requests) or None
    if file.suffix != ".html":
        return
    text = file.read_text(encoding="utf-8")
    probed = browser.folder / file.name
    # The page's policy allows the scripts that it names by hash and no other, the probe's neither.
    script = PROBE[PROBE.index("<script>") + 8:PROBE.index("</script>")]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = text.replace("script-src ", f"script-src 'sha256-{digest}' ", 1)
    probed.write_text(allowed.replace("</body>", PROBE + "</body>"), encoding="utf-8")
    for width in WIDTHS:
        _, console, _ = browser.run(probed.as_uri(), f"--window-size={width},900", "--dump-dom")
        lines = [line.split('"')[1] for line in console if "PROBE" in line]
        yield f"script at {width}", None if len(lines) == 10 else f"{len(lines)} of 10 probes ran: {console}"
        for line in lines:
            _, verdict, name = line.split(" ", 2)
            yield f"{name} at {width}", None if verdict == "ok" else "it does not"
    plain = browser.folder / ("plain-" + file.name)
    plain.write_text(text[: text.index("<script>")] + "</body></html>", encoding="utf-8")
    dom, _, _ = browser.run(plain.as_uri(), "--dump-dom")
    for name, sign in (
        ("answer", 'id="answer"'), ("curve", "<svg"), ("values", 'class="hit"'), ("table", "<tbody>")
    ):
        yield f"{name} without JavaScript", None if sign in dom else "missing"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--screenshots", type=pathlib.Path, default=pathlib.Path(".build/ci/screenshots"))
    parser.add_argument("--require", action="store_true", default=bool(os.environ.get("CI")))
    arguments = parser.parse_args()
    path = chromium()
    if path is None:
        print("Chromium is not installed (apt-get install chromium)")
        return 1 if arguments.require else 0
    arguments.screenshots.mkdir(parents=True, exist_ok=True)
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        problem = control(Browser(path, pathlib.Path(folder)))
        if problem:
            print(f"FAILED control: {problem}")
            return 1
    for file in arguments.files:
        with tempfile.TemporaryDirectory() as folder:
            for name, problem in checks(Browser(path, pathlib.Path(folder)), file, arguments.screenshots):
                if problem is None:
                    passed += 1
                else:
                    failed += 1
                    print(f"FAILED {file}: {name}: {problem}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
