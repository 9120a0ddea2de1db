// A table for thousands of rows: search, sorting and pages in memory, real <table> markup on the page.
const PAGE = 50;
const PRINTED = 12;

/**
 * columns: {title, value(row) to sort by, cell(row) to show, below(row) to show under it, numeric}; options: rows, columns, caption,
 * text(row) to search in, open(row) to see proof, before: a control put first, filters: [{title, options: [[value, text]], preset, test(row, value)}].
 */
function dataTable({ rows, columns: all, caption, text, open, filters: wanted = [], before = null, page = PAGE, query = '' }) {
  // A choice that no row answers is not offered.
  const filters = wanted.map((filter) => ({ ...filter, options: filter.options.filter(([value]) => rows.some((row) => filter.test(row, String(value)))) }))
    .filter((filter) => filter.options.length || filter.preset);
  // A column in which nobody said anything would only take room.
  const columns = all.filter((column, index) => index === 0 || rows.some((row) => ![null, undefined, ''].includes(column.value(row))));
  const view = { query, sort: null, down: false, shown: state.printing ? PRINTED : page, chosen: filters.map((filter) => filter.preset ?? '') };
  const body = h('tbody');
  const count = h('p.count', { role: 'status' });
  const printed = h('p.printed');
  const more = h('button.more', { type: 'button', onclick: () => { view.shown += 4 * page; draw(); } });
  const headings = columns.map((column, index) => heading(column, index));
  let timer;

  function heading(column, index) {
    const button = h('button.sort', { type: 'button', onclick: () => {
      view.down = view.sort === index ? !view.down : Boolean(column.numeric);
      view.sort = index;
      draw();
    } }, column.title);
    return h(column.numeric ? 'th.numeric' : 'th', { scope: 'col', 'aria-sort': 'none' }, button);
  }

  function found() {
    const words = wordsOf(view.query);
    const kept = rows.filter((row) => holds(text(row), words)
      && filters.every((filter, index) => view.chosen[index] === '' || filter.test(row, view.chosen[index])));
    if (view.sort === null) return kept;
    const value = columns[view.sort].value;
    const sign = view.down ? -1 : 1;
    return kept.map((row) => [value(row), row]).sort(([a], [b]) => {
      if (a === b) return 0;
      if (a === null || a === undefined || a === '') return 1;  // what is unknown comes last either way
      if (b === null || b === undefined || b === '') return -1;
      return sign * (typeof a === 'number' ? a - b : compare(a, b));
    }).map(([, row]) => row);
  }

  function draw() {
    const kept = found();
    body.replaceChildren(...kept.slice(0, view.shown).map(line));
    headings.forEach((th, index) => th.setAttribute('aria-sort',
      view.sort === index ? (view.down ? 'descending' : 'ascending') : 'none'));
    count.textContent = !kept.length ? say('rows_none', { m: number(rows.length) }) : kept.length === rows.length ? say('rows_all', { n: number(rows.length) })
      : say('rows_some', { n: number(kept.length), m: number(rows.length) });
    printed.textContent = kept.length > view.shown ? say('printed_rows', { n: number(view.shown), m: number(kept.length) }) : '';
    more.hidden = kept.length <= view.shown;
    more.textContent = say('show_more', { n: number(kept.length - view.shown) });
  }

  function line(row) {
    return h('tr', {}, columns.map((column, index) => {
      const content = column.cell ? column.cell(row) : column.value(row);
      const shown = index === 0 && open
        ? h('button.open', { type: 'button', onclick: () => open(row) }, content) : content;
      const tag = index === 0 ? 'th' : 'td';
      const below = column.below?.(row);
      return h([tag, column.numeric ? 'numeric' : '', column.look ?? ''].filter(Boolean).join('.'), { 'data-title': column.title, lang: column.language?.(row) ?? null, scope: index === 0 ? 'row' : null },
        // On a phone a cell is a grid: its parts are one.
        below ? h('div', {}, shown, h('p.below', {}, below)) : Array.isArray(shown) ? h('div', {}, shown) : shown);
    }));
  }

  const search = h('input', { type: 'search', value: query, placeholder: say('search'), 'aria-label': say('search'), oninput: (event) => {
    clearTimeout(timer);
    timer = setTimeout(() => { view.query = event.target.value; view.shown = page; draw(); }, 120);
  } });
  const selects = filters.map((filter, index) => h('select', { 'aria-label': filter.title, onchange: (event) => {
    view.chosen[index] = event.target.value;
    view.shown = page;
    draw();
  } }, h('option', { value: '' }, filter.title), filter.options.map(([value, label]) => h('option', { value, selected: filter.preset === String(value) }, label))));
  draw();
  return h('div.table', {},
    h('div.tools', {}, before, search, selects, count),
    h('div.scroll', {}, h('table', {}, h('caption', {}, caption), h('thead', {}, h('tr', {}, headings)), body)), printed, more);
}
