/// The looks of the report: one column, the system's fonts, light and dark.
enum ReportStyle {
  static let sheet = """
    :root { color-scheme: light dark; --ink: #222; --muted: #595959; --paper: #fff; --line: #d9d9d9;
      --soft: #f4f4f2; --accent: #005a8c; --warn: #8a4b00; --warn-soft: #fff4e0; --bar: #0072B2;
      --bar-negative: #D55E00; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e8e8e8; --muted: #a9afb8; --paper: #15181d; --line: #3a404a; --soft: #1d2128;
        --accent: #7cc4f0; --warn: #ffc46b; --warn-soft: #2b2314; --bar: #56B4E9;
        --bar-negative: #E69F00; }
    }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; }
    main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
    h1 { font-size: 1.25rem; margin: 0; color: var(--muted); font-weight: 600; }
    h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; line-height: 1.25; }
    #answer { font-size: 2.2rem; margin: 1.2rem 0 .4rem; }
    h3 { font-size: 1rem; margin: 2rem 0 .25rem; }
    p { margin: .4rem 0; max-width: 46rem; }
    .question { font-size: 1.15rem; }
    .warnings { border-left: 4px solid var(--warn); background: var(--warn-soft);
      padding: .1rem 1rem .6rem; margin-top: 1.5rem; }
    .warnings h2 { margin-top: .6rem; font-size: 1.05rem; color: var(--warn); }
    .warnings ul { margin: .3rem 0; padding-left: 1.2rem; }
    figure { margin: 1rem 0 1.5rem; }
    figcaption { color: var(--muted); font-size: .9rem; margin-bottom: .3rem; }
    svg.chart { display: block; width: 100%; height: auto; }
    .narrow { display: none; }
    .scroll { overflow-x: auto; }
    figure.scroll svg.chart { min-width: 38rem; }
    @media (max-width: 42rem) { .wide { display: none; } .narrow { display: block; }
      #answer { font-size: 1.7rem; } }
    table { border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums; }
    th, td { padding: .25rem .7rem; text-align: left; border-bottom: 1px solid var(--line);
      white-space: nowrap; }
    thead th { background: var(--soft); position: sticky; top: 0; }
    div.scroll { max-height: 34rem; overflow: auto; border: 1px solid var(--line); }
    th.n, td.n { text-align: right; }
    tbody th { font-weight: normal; white-space: normal; overflow-wrap: anywhere; }
    tr.winner { font-weight: 700; background: var(--soft); }
    th button { font: inherit; font-weight: 600; color: inherit; background: none; border: 0;
      padding: 0; cursor: pointer; text-decoration: underline dotted; text-underline-offset: 3px; }
    .coefficients { width: 100%; }
    .bars { width: 40%; }
    .bar { display: block; height: .7em; background: var(--bar); min-width: 1px; }
    .bar.negative { background: var(--bar-negative); }
    dl { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: .15rem 1rem;
      font-size: .9rem; }
    dt { color: var(--muted); }
    dd { margin: 0; overflow-wrap: anywhere; }
    pre { overflow-x: auto; background: var(--soft); padding: .8rem; font-size: .82rem; }
    summary { cursor: pointer; color: var(--accent); margin: .6rem 0; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    #tip { position: fixed; pointer-events: none; white-space: pre-line; background: var(--ink);
      color: var(--paper); padding: .4rem .6rem; border-radius: .3rem; font-size: .82rem;
      line-height: 1.35; z-index: 2; max-width: 18rem; }
    #tip[hidden] { display: none; }
    .chart .hit.on { fill: var(--accent); fill-opacity: .13; }
    @media print { div.scroll { max-height: none; overflow: visible; } figure { break-inside: avoid; } }
    """
}
