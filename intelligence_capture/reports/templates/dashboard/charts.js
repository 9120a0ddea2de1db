// Pictures made of HTML; each stands beside a table with the same figures or is one.

/** Bars with their figures: rows of {label, value, kind, open, note}. */
function bars(rows, most = Math.max(1, ...rows.map((row) => row.value))) {
  return h('ul.bars', {}, rows.map((row) => h('li', {},
    h('span.name', {}, row.open ? h('button.open', { type: 'button', onclick: row.open }, row.label) : row.label),
    h('span.track', { 'aria-hidden': 'true' }, h(`span.fill${row.kind ? '.' + row.kind : ''}`, { style: { width: `${(100 * row.value) / most}%` } })),
    h('span.value', {}, row.text ?? number(row.value)))));
}

/** Effort to the right, impact upwards; a cell says how many candidates lie there and opens them. */
function matrix(candidates, open) {
  const cells = [];
  for (let impact = 5; impact >= 1; impact -= 1) {
    cells.push(h('span.tick', {}, impact));
    for (let effort = 1; effort <= 5; effort += 1) {
      const here = candidates.filter((one) => one.effort === effort && one.impact === impact);
      const kind = quadrantOf(effort, impact).replace('_', '-');
      const size = 1.6 + Math.min(1.6, 0.35 * Math.sqrt(here.length));
      cells.push(h(`span.cell.quadrant-${kind}`, {}, here.length ? h('button.bubble', {
        type: 'button', style: { width: `${size}rem`, height: `${size}rem` }, title: names(here.map((one) => one.label), 3),
        'aria-label': say('matrix_cell', { n: here.length, effort, impact }), onclick: () => open(here, effort, impact),
      }, number(here.length)) : null));
    }
  }
  cells.push(h('span.tick'), ...[1, 2, 3, 4, 5].map((effort) => h('span.tick', {}, effort)));
  return h('figure.matrix', {},
    h('div.axis-y', { 'aria-hidden': 'true' }, say('impact') + ' →'),
    h('div.grid', {}, cells),
    h('div.axis-x', { 'aria-hidden': 'true' }, say('effort') + ' →'),
    h('figcaption', {}, QUADRANTS.map((quadrant) => h('span.key', {},
      h(`span.swatch.quadrant-${quadrant.replace('_', '-')}`, { 'aria-hidden': 'true' }),
      `${word(quadrant)}: ${number(candidates.filter((one) => one.quadrant === quadrant).length)}`))));
}

// The same limits as extraction.quadrant: 3 counts as low effort and as high impact.
function quadrantOf(effort, impact) {
  if (impact >= 3) return effort <= 3 ? 'quick_win' : 'major_project';
  return effort <= 3 ? 'fill_in' : 'thankless_task';
}
