extension ResultsPage {
    /// Colours that are told apart with every kind of colour vision, on light and on dark ground.
    static let style = """
        :root {
          color-scheme: light dark;
          --ground: #fbfbfa; --card: #ffffff; --ink: #1c2126; --soft: #5b6670; --line: #d9dee2;
          --grid: #e8ebee; --accent: #0b62a8;
          --c0: #0b62a8; --c1: #c8500a; --c2: #00856a; --c3: #a63d8f;
          --c4: #8a6d00; --c5: #2a9bd6; --c6: #5a5f66; --c7: #7a1f3d;
          --better: #0b62a8; --worse: #c8500a;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #14181c; --card: #1b2126; --ink: #e6eaed; --soft: #9aa7b1; --line: #333c44;
            --grid: #2a3239; --accent: #6db8f2;
            --c0: #6db8f2; --c1: #ff9452; --c2: #3ecfa6; --c3: #e793cf;
            --c4: #e3c04a; --c5: #a9d8f5; --c6: #a5adb5; --c7: #f08aa4;
            --better: #6db8f2; --worse: #ff9452;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: var(--ground); color: var(--ink);
          font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
        }
        header, main { max-width: 1240px; margin: 0 auto; padding: 0 16px; }
        header { padding-top: 28px; }
        h1 { font-size: 26px; margin: 0; letter-spacing: -0.01em; }
        h2 {
          font-size: 20px; margin: 40px 0 8px; padding-top: 12px; border-top: 2px solid var(--line);
        }
        h3 { font-size: 17px; margin: 28px 0 0; }
        p { margin: 8px 0; max-width: 75ch; }
        .lead, .common, small { color: var(--soft); }
        .common { margin: 0 0 8px; }
        nav { display: flex; flex-wrap: wrap; gap: 8px; margin: 14px 0 0; }
        nav a {
          padding: 3px 12px; border: 1px solid var(--line); border-radius: 99px;
          color: var(--accent); text-decoration: none; background: var(--card);
        }
        a:focus-visible, summary:focus-visible, .wide:focus-visible {
          outline: 2px solid var(--accent); outline-offset: 2px;
        }
        .notes { border-left: 4px solid var(--worse); padding: 2px 14px; margin: 20px 0 0; }
        .notes h2 { font-size: 15px; margin: 6px 0 0; padding: 0; border: 0; }
        .notes ul { margin: 4px 0; padding-left: 20px; }
        details { margin: 12px 0; }
        summary { cursor: pointer; font-weight: 600; padding: 4px 0; }
        .plots { columns: 3 350px; column-gap: 14px; }
        figure {
          margin: 0 0 14px; padding: 12px; background: var(--card); border: 1px solid var(--line);
          border-radius: 8px; break-inside: avoid;
        }
        figcaption { font-weight: 600; margin-bottom: 6px; font-size: 14px; }
        figure > svg { display: block; width: 100%; height: auto; }
        svg text { font-size: 10px; fill: var(--soft); font-variant-numeric: tabular-nums; }
        svg text {
          paint-order: stroke; stroke: var(--card); stroke-width: 3px; stroke-linejoin: round;
        }
        svg text.group { font-weight: 600; fill: var(--ink); }
        svg text.value { fill: var(--ink); }
        path { fill: none; }
        .grid { stroke: var(--grid); }
        .axis { stroke: var(--soft); }
        .one { stroke: var(--ink); stroke-dasharray: 3 2; }
        .curve { stroke-width: 1.6; stroke-linejoin: round; }
        .whisker { stroke-width: 1.2; }
        .mark { stroke: var(--card); stroke-width: 0.8; }
        .s0 { stroke: var(--c0); } .mark.s0 { fill: var(--c0); }
        .s1 { stroke: var(--c1); } .mark.s1 { fill: var(--c1); }
        .s2 { stroke: var(--c2); } .mark.s2 { fill: var(--c2); }
        .s3 { stroke: var(--c3); } .mark.s3 { fill: var(--c3); }
        .s4 { stroke: var(--c4); } .mark.s4 { fill: var(--c4); }
        .s5 { stroke: var(--c5); } .mark.s5 { fill: var(--c5); }
        .s6 { stroke: var(--c6); } .mark.s6 { fill: var(--c6); }
        .s7 { stroke: var(--c7); } .mark.s7 { fill: var(--c7); }
        .mark[class*=" s"] { stroke: var(--card); }
        .whisker.better { stroke: var(--better); } .mark.better { fill: var(--better); }
        .whisker.worse { stroke: var(--worse); } .mark.worse { fill: var(--worse); }
        .whisker.same { stroke: var(--soft); }
        .mark.same { fill: var(--card); stroke: var(--soft); stroke-width: 1.4; }
        .legend {
          list-style: none; display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 8px 0 0;
          padding: 0; font-size: 12.5px;
        }
        .legend li { display: flex; align-items: center; gap: 6px; }
        .key { width: 26px; height: 12px; }
        .wide {
          overflow-x: auto; background: var(--card); border: 1px solid var(--line);
          border-radius: 8px;
        }
        table {
          border-collapse: collapse; font-size: 13px; width: 100%;
          font-variant-numeric: tabular-nums;
        }
        th, td { text-align: left; padding: 5px 12px; white-space: nowrap; vertical-align: top; }
        thead th { border-bottom: 1px solid var(--line); font-weight: 600; }
        tbody tr + tr > * { border-top: 1px solid var(--grid); }
        th[scope="row"] {
          font-weight: 500; position: sticky; left: 0; background: var(--card);
        }
        td small { display: block; }
        .none { color: var(--soft); }
        .bar { display: block; width: 100%; min-width: 110px; height: 5px; }
        .bar path { stroke-width: 4; }
        .room { stroke: var(--grid); }
        .full { stroke: var(--c0); }
        .strip { display: block; }
        .strip path { stroke: var(--c0); stroke-width: 3.4; stroke-linecap: round; }
        .numbers { color: var(--soft); white-space: pre; }
        dl { display: grid; gap: 6px 24px; margin: 8px 0 40px; }
        dl div { display: grid; grid-template-columns: 150px 1fr; gap: 12px; }
        dt { color: var(--soft); }
        dd { margin: 0; overflow-wrap: anywhere; }
        @media (max-width: 480px) {
          dl div { grid-template-columns: 1fr; gap: 0; }
          figure { padding: 10px 8px; }
        }
        @media print { figure, .wide { break-inside: avoid; } }
        """
}
