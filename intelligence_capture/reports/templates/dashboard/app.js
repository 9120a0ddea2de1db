// The page around the views: headline, tabs, company, language.
const present = (table) => DATA.counts.some((one) => one.type === table);
const TABS = [
  ['summary', () => true], ['pains', () => present('pain_points')], ['automation', () => present('automation_candidates')],
  ['systems', () => present('systems')], ['companies', () => DATA.companies.length > 1], ['patterns', () => DATA.patterns.length],
  ['contradictions', () => DATA.contradictions.length], ['graph', () => NODES.length], ['explore', () => true], ['quality', () => true],
].filter(([, there]) => there()).map(([name]) => name);

const app = document.getElementById('app');
const main = h('main', { id: 'main', tabindex: '-1' });

function go(view, type = '', review = '', words = '') {
  exploredType = type;
  exploredReview = review;
  exploredWords = words;
  if (location.hash === '#' + view) render();
  else location.hash = view;
}

function header() {
  const { progress } = DATA;
  const partial = progress.extracted < progress.interviews || !progress.interviews;
  const company = h('select', { id: 'company', onchange: (event) => { state.company = event.target.value === '' ? null : JSON.parse(event.target.value); render(); } },
    h('option', { value: '' }, say('all_companies')),
    DATA.companies.map((one) => h('option', { value: JSON.stringify(one.company), selected: state.company === one.company }, `${companyName(one.company)} (${number(one.interviews)})`)));
  const languages = ['es', 'en'].map((language) => h('button', { type: 'button', id: `language-${language}`, lang: language, 'aria-pressed': String(state.language === language), onclick: () => { state.language = language; render(); } }, language.toUpperCase()));
  return [
    h('a.skip', { href: '#main', onclick: (event) => { event.preventDefault(); main.focus(); } }, say('skip')),
    h('header.top', {},
      h('h1', {}, say('report_title')),
      h('div.controls', {},
        h('label', { for: 'company' }, say('company')), company,
        h('span.languages', { role: 'group', 'aria-label': say('language') }, languages),
        h('button.print', { type: 'button', onclick: () => window.print() }, say('print')))),
    partial ? null : h('p.lead', {}, lead()),
    partial ? h('div.alert', { role: 'alert' }, DATA.first[state.language].map((line, index) => h(index ? 'p' : 'p.strong', {}, line))) : null,
    DATA.validation && DATA.validation.gate !== 'open' ? h('div.alert', {}, h('p', {}, h('a', { href: '#quality' }, say('gate_closed')), ': ', DATA.validation.checks.filter((check) => check.verdict === 'fail').map((check) => check.message[state.language]).join('; '))) : null,
    tabs(),
  ];
}

/** What is in here and how far it can be trusted, in one breath. */
function lead() {
  const { quality } = told();
  const homeless = DATA.quality.without_company.length;
  const all = state.company === null;
  const reviewed = quality.confirmed ? say('some_reviewed', { n: number(quality.confirmed), names: names(quality.confirmed_by.map((one) => one.by || say('unknown'))) }) : say('nobody_reviewed');
  const named = DATA.companies.filter((one) => one.company).length;
  const counted = { entities: number(quality.entities), companies: number(named), company: companyName(state.company), n: number(extracted()) };
  return [
    all ? DATA.first[state.language][0] + ' ' : null, say(all ? (named > 1 ? 'lead_all' : 'lead_one') : 'lead_company', counted), ' ',
    say('lead', { reviewed, verified: percent(share(quality.with_verified_quote, quality.entities)),
      confidence: quality.mean_confidence === null ? '–' : percent(quality.mean_confidence), review: number(quality.needs_review) }),
    homeless && DATA.companies.length > 1 && state.company !== '' ? [' ', h('a', { href: '#quality' }, say(all ? 'homeless_all' : 'homeless', { n: number(homeless) })), '.'] : null];
}

/** The tabs; where they don't fit, an arrow says that there are more and leads there. */
function tabs() {
  const bar = h('nav', { 'aria-label': say('sections'), onscroll: () => more() }, TABS.map((name) => h('a', { href: '#' + name, 'aria-current': state.view === name ? 'page' : null }, say('tab_' + name))));
  const arrow = h('button.more-tabs', { type: 'button', 'aria-label': say('more_tabs'), onclick: () => bar.scrollBy({ left: bar.clientWidth * 0.7 }) }, '›');
  const more = () => { arrow.hidden = bar.scrollLeft + bar.clientWidth >= bar.scrollWidth - 2; };
  new ResizeObserver(more).observe(bar);
  return h('div.tabs', {}, bar, arrow);
}

function render() {
  const focused = document.activeElement?.id;  // a control that is drawn anew keeps the keyboard's place
  document.documentElement.lang = state.language;
  document.title = say('report_title');
  main.replaceChildren(...VIEWS[state.view]().flat().filter(Boolean));
  app.replaceChildren(...header().filter(Boolean), main, dialog);
  app.querySelector('nav [aria-current]').scrollIntoView({ block: 'nearest', inline: 'center' });
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function route() {
  const wanted = location.hash.slice(1);
  state.view = TABS.includes(wanted) ? wanted : 'summary';
  if (dialog.open) dialog.close();
  render();
  window.scrollTo(0, 0);
}

window.addEventListener('hashchange', () => { route(); main.focus({ preventScroll: true }); });
// On paper there are no tabs: everything an executive reads comes one after the other.
window.addEventListener('beforeprint', () => {
  state.printing = true;
  main.replaceChildren(...TABS.filter((name) => name !== 'explore').flatMap((name) => VIEWS[name]()).flat().filter(Boolean));
});
window.addEventListener('afterprint', () => { state.printing = false; render(); });
route();
