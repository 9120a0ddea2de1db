// Small parts that many views share.
const share = (n, of) => (of ? n / of : 0);

/** "9 of 44 interviews" with a bar. */
function voices(n, of = extracted()) {
  return h('span.voices', {},
    h('span.bar', { 'aria-hidden': 'true' }, h('span.fill', { style: { width: `${100 * share(n, of)}%` } })),
    h('span', {}, say('n_of_m_interviews', { n: number(n), m: number(of) })));
}

const badge = (text, kind = '') => h(`span.badge${kind ? '.' + kind : ''}`, {}, text);
/** What people decided on an entity, and who did. */
const confirmation = (item) => (item.k ? [say(item.k[0]), item.k[1]].filter(Boolean).join(': ') : '');
const confirmed = (item) => badge('✓ ' + confirmation(item), 'confirmed');
const severityBadge = (severity) => (severity ? badge(word(severity), `severity-${severity}`) : h('span.faint', {}, '–'));
const quadrantBadge = (quadrant) => (quadrant ? badge(word(quadrant), `quadrant-${quadrant.replace('_', '-')}`) : h('span.faint', {}, '–'));
/** Companies by name, else how many; who names none is no company. */
function companyList(companies, most = Infinity) {
  const named = companies.filter(Boolean);
  return named.length > most ? say('n_companies', { n: number(named.length) }) : companies.map(companyName).join(', ');
}

function confidence(value) {
  return h('span.confidence', {}, h('span.named', {}, say('confidence')),
    h('span.bar', { 'aria-hidden': 'true' }, h('span.fill', { style: { width: `${100 * value}%` } })), percent(value));
}

function section(title, note, ...children) {
  return h('section.card', {}, h('h2', {}, title), note ? h('p.note', {}, note) : null, ...children);
}

const emptyNote = (key) => h('p.empty', {}, say(key));
const companiesOf = (items) => [...new Set(items.map((item) => item.talk.company))].sort(compare);
const peopleOf = (items) => [...new Set(items.map((item) => person(item.talk)))];

/** The first few names and how many more there are. */
function names(list, most = 3) {
  const rest = list.length - most;
  return list.slice(0, most).join(', ') + (rest > 0 ? ' ' + say('and_more', { n: number(rest) }) : '');
}

/** A list with a search that hides what does not match, and says how many do. */
function searchable(list, entries, count, none) {
  const texts = entries.map((entry) => fold(entry.textContent));
  const status = h('p.count', { role: 'status' }, count(entries.length));
  const empty = h('div.none', { role: 'status' });
  const look = (event) => {
    const words = wordsOf(event.target.value);
    entries.forEach((entry, index) => { entry.hidden = !holds(texts[index], words); });
    const shown = entries.filter((entry) => !entry.hidden).length;
    status.textContent = count(shown);
    empty.replaceChildren(...(shown ? [] : none(event.target.value.trim())));
  };
  return [h('div.tools', {}, h('input', { type: 'search', placeholder: say('search'), 'aria-label': say('search'), oninput: look }), status), empty, h(list, {}, entries)];
}

/** Where words are in another language than the page: which one, for the eye and for the voice of a screen reader. */
const foreign = (talk) => (['es', 'en'].includes(talk.language) && talk.language !== state.language ? talk.language : null);
const foreignBadge = (talk) => (foreign(talk) ? badge(say(`said_in_${talk.language}`), 'foreign') : null);
