/// What the report does beyond being read: values on hover and by arrow keys, sorting.
enum ReportScript {
  static let text = """
    'use strict';
    (() => {
      const tip = document.getElementById('tip');
      let current = null;
      function show(hit, x, y) {
        if (current) current.classList.remove('on');
        current = hit;
        tip.hidden = !hit;
        if (!hit) return;
        hit.classList.add('on');
        tip.textContent = hit.dataset.tip;
        const box = tip.getBoundingClientRect();
        tip.style.left = Math.max(4, Math.min(x + 14, innerWidth - box.width - 4)) + 'px';
        tip.style.top = Math.max(4, Math.min(y + 14, innerHeight - box.height - 4)) + 'px';
      }
      for (const hit of document.querySelectorAll('.hit')) {
        const title = hit.querySelector('title');
        hit.dataset.tip = title.textContent;
        title.remove();
        hit.addEventListener('pointermove', event => show(hit, event.clientX, event.clientY));
        hit.addEventListener('pointerleave', () => show(null));
      }
      for (const figure of document.querySelectorAll('figure[tabindex]')) {
        let place = -1;
        figure.addEventListener('keydown', event => {
          const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
          if (!step) { if (event.key === 'Escape') show(null); return; }
          event.preventDefault();
          const hits = [...figure.querySelectorAll('.hit')].filter(hit => hit.getClientRects().length);
          if (!hits.length) return;
          place = Math.max(0, Math.min(hits.length - 1, place + step));
          const box = hits[place].getBoundingClientRect();
          show(hits[place], box.left + box.width / 2, box.top + 20);
        });
        figure.addEventListener('blur', () => show(null));
      }
      for (const table of document.querySelectorAll('table.sortable')) {
        const body = table.tBodies[0];
        const original = [...body.rows];
        table.querySelectorAll('thead th').forEach((head, column) => {
          const button = document.createElement('button');
          button.type = 'button';
          button.textContent = head.textContent;
          head.textContent = '';
          head.append(button);
          button.addEventListener('click', () => {
            const before = head.getAttribute('aria-sort');
            table.querySelectorAll('th').forEach(other => other.removeAttribute('aria-sort'));
            if (before === 'descending') { body.append(...original); return; }
            const sign = before === 'ascending' ? -1 : 1;
            head.setAttribute('aria-sort', sign > 0 ? 'ascending' : 'descending');
            const key = row => {
              const cell = row.cells[column];
              return 'v' in cell.dataset ? Number(cell.dataset.v) : cell.textContent || null;
            };
            body.append(...[...original].sort((a, b) => {
              const [x, y] = [key(a), key(b)];
              if (x === null || y === null) return (x === null) - (y === null);
              if (typeof x === 'number' && typeof y === 'number') return sign * (x - y);
              return sign * String(x).localeCompare(String(y), 'en');
            }));
          });
        });
      }
    })();
    """
}
