// The ground: data, language, numbers, and elements. Text reaches the page as text nodes only.
const DATA = JSON.parse(document.getElementById('data').textContent);
const state = { language: DATA.language, company: null, view: 'summary' };

function say(key, values = {}) {
  const text = DATA.words[state.language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** The text of an enum's value, else the value itself. */
const word = (value) => DATA.words[state.language][value] ?? value;
/** A reason for a review: its kind in the language, its own facts after the colon as they are. */
const reasonText = (reason) => { const [kind, ...facts] = reason.split(': '); return [word(kind), ...facts].join(': '); };
const number = (value) => new Intl.NumberFormat(state.language, { maximumFractionDigits: 1, useGrouping: 'always' }).format(value);
const percent = (value) => new Intl.NumberFormat(state.language, { style: 'percent', maximumFractionDigits: 0 }).format(value);
const money = (value) => new Intl.NumberFormat(state.language, { style: 'currency', currency: 'USD', maximumFractionDigits: 4 }).format(value);
const compare = (a, b) => collator().compare(a, b);
const collators = {};
const collator = () => (collators[state.language] ??= new Intl.Collator(state.language, { numeric: true, sensitivity: 'base' }));

function date(iso) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return iso;
  return new Intl.DateTimeFormat(state.language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(iso + 'T00:00:00Z'));
}

/** Lower case without accents, for searches. */
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** An element: h('p.note', {title: 'x', onclick: f}, 'text', child). Null children are left out. */
function h(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split('.');
  const element = SVG_TAGS.has(tag)
    ? document.createElementNS('http://www.w3.org/2000/svg', tag)
    : document.createElement(tag);
  if (classes.length) element.setAttribute('class', classes.join(' '));
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'style') for (const [property, setting] of Object.entries(value)) element.style.setProperty(property, setting);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false).map(
    (child) => (child instanceof Node ? child : document.createTextNode(String(child)))));
  return element;
}
const SVG_TAGS = new Set(['svg', 'title', 'g', 'circle', 'line', 'rect', 'text', 'tspan', 'path', 'polygon']);
