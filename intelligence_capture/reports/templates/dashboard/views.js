// The views that answer an executive's questions.
const VIEWS = {};

VIEWS.summary = () => {
  const list = told().findings;
  return [
    section(say('main_findings'), state.company === null ? say('findings_note') : say('findings_note_company', { company: companyName(state.company) }),
      list.length ? h('ol.findings', {}, list.map(finding)) : emptyNote('no_findings')),
    trustCard(),
    h('div.columns', {}, severityCard(), typeCard()),
  ];
};

function finding(one) {
  const items = itemsAt(one.items);
  const first = telling({ ...one, items });
  const open = one.kind === 'contradictions' ? () => go('contradictions') : () => openItems(findingText(one), items);
  return h(`li.finding.kind-${one.kind}`, {},
    h('div', {},
      h('p.kicker', {}, say(`kind_${one.kind}`), one.severity ? [' ', severityBadge(one.severity)] : null, one.quadrant ? [' ', quadrantBadge(one.quadrant)] : null),
      h('h3', {}, h('button.open', { type: 'button', onclick: open }, findingText(one))),
      first && one.kind !== 'contradictions' ? h('p.why', { dir: 'auto', lang: foreign(first.talk) }, '“', quoted({ ...one, items }), '”', foreign(first.talk) ? [' ', foreignBadge(first.talk)] : null) : null,
      one.mentioned > one.interviews ? h('p.said-by', {}, say('why_tied', { n: number(one.mentioned) })) : null,
      one.problem_interviews ? h('p.why', {}, say('why_automation', { systems: one.systems.join(', '), n: number(one.problem_interviews) })) : null,
      h('p.said-by', {}, names(peopleOf(items)), items.length && state.company === null ? h('span.faint', {}, ' · ' + companyList(companiesOf(items), 2)) : null)),
    voices(one.interviews, one.of));
}
const findingText = (one) => say(`finding_${one.kind}`, { label: one.label });

/** The bars of severity, which open what is counted; nothing where hardly anybody states one. */
function severityCard() {
  const items = DATA.items.filter((item) => item.t === 'pain_points' && inCompany(item.talk));
  const { severities } = told();
  const rows = SEVERITIES.filter((severity) => severity in severities).map((severity) => {
    const here = items.filter((item) => item.f?.severity === severity);
    return { label: word(severity), value: severities[severity], kind: `severity-${severity}`, open: here.length ? () => openItems(word(severity), here) : null };
  });
  const total = entities('pain_points');
  if (!charted()) return null;
  const unstated = total - severityStated();
  return section(typeTitle('pain_points'), say('severity_note'), bars([...rows, { label: say('none'), value: unstated, kind: 'unstated' }]));
}

/** The part of the pain points that has to have a severity for a picture of it. */
const CHARTED = 0.25;
const severityStated = () => Object.values(told().severities).reduce((sum, n) => sum + n, 0);
const charted = () => severityStated() > 0 && severityStated() >= CHARTED * entities('pain_points');

function trustCard() {
  const { quality } = told();
  const company = state.company !== null;
  return section(say('can_i_trust'), [say('trust_note'), readOffline() ? say('read_offline') : ''].join(' '), h('dl.trust', {},
    trust('verified_entities', quality.with_verified_quote, quality.entities),
    h('div', {}, h('dt', {}, say('mean_confidence')), h('dd', {}, h('strong', {}, quality.mean_confidence === null ? '–' : percent(quality.mean_confidence)))),
    trust('needs_review', quality.needs_review, quality.entities),
    trust('confirmed', quality.confirmed, quality.entities),
    trust('interviews_in', company ? told().extracted : DATA.progress.extracted, company ? told().interviews : DATA.progress.interviews)),
  h('p', {}, h('a', { href: '#quality' }, say('to_quality'))));
}

function trust(key, n, of) {
  return h('div', {}, h('dt', {}, say(key)), h('dd', {}, h('strong', {}, percent(share(n, of))), h('span.faint', {}, ` ${number(n)} / ${number(of)}`)));
}

function typeCard() {
  const rows = DATA.counts.map((one) => ({ label: typeTitle(one.type), value: entities(one.type), open: () => go('explore', one.type) }));
  return section(say('counts_by_type'), say('types_note'), bars(rows));
}

VIEWS.pains = () => [painsCard(), severityCard()];

/** One list of what hurts, in the order of the summary's findings. */
function painsCard() {
  const rows = pains();
  const complaints = rows.filter((pain) => pain.kind === 'pain').length;
  const often = rows.filter((pain) => pain.frequency).length >= CHARTED * rows.length;  // else it stands below the name
  const total = entities('pain_points');
  const notes = [say('pains_note'), grouped('pains_grouped', complaints, total),
    total && !charted() ? say('severity_rare', { n: number(severityStated()), m: number(total) }) : null];
  return section(say('what_hurts'), notes.filter(Boolean).join(' '), dataTable({
    rows, caption: say('what_hurts'), text: subjectText, open: (pain) => openItems(findingText(pain), pain.items),
    filters: [{ title: say('kind'), options: ['dependency', 'system', 'pain'].map((kind) => [kind, say(`kind_${kind}`)]), test: (pain, value) => pain.kind === value },
      { title: say('severity'), options: SEVERITIES.map((s) => [s, word(s)]), test: (pain, value) => pain.severity === value }],
    columns: [{ title: say('label'), value: findingText, language: titleLanguage, cell: (pain) => [findingText(pain), pain.severity && !charted() ? [' ', severityBadge(pain.severity)] : null],
      below: (pain) => (pain.frequency && !often ? pain.frequency : null) }, { look: 'kind', title: say('kind'), value: (pain) => say(`kind_${pain.kind}`) },
      voicesColumn(), peopleColumn(), wordsColumn(),
      charted() ? { title: say('severity'), value: (pain) => WEIGHT[pain.severity] ?? null, cell: (pain) => severityBadge(pain.severity), numeric: true } : null,
      often ? { title: say('frequency'), value: (pain) => pain.frequency ?? '' } : null].filter(Boolean),
  }));
}

VIEWS.automation = () => {
  const all = automation();
  const placed = all.filter((one) => one.effort && one.impact);
  const open = (here, effort, impact) => openItems(say('matrix_cell', { n: here.length, effort, impact }), here.flatMap((one) => one.items));
  return [
    placed.length ? section(say('effort_impact'), say('matrix_note', { n: number(placed.length), m: number(all.length) }), matrix(placed, open)) : whereToAutomate(all),
    section(say('top_automation'), [say('automation_note'), grouped('automation_grouped', all.length, entities('automation_candidates'))].filter(Boolean).join(' '), dataTable({
      rows: all, caption: say('top_automation'), text: subjectText, open: (one) => openItems(one.label, one.items),
      filters: [{ title: say('quadrant'), options: QUADRANTS.map((q) => [q, word(q)]), test: (one, value) => one.quadrant === value }],
      columns: [{ ...labelColumn(), below: (one) => (one.addresses ? `${say('addresses')}: ${one.addresses.join('; ')}` : null) },
        { title: say('quadrant'), value: (one) => (one.quadrant ? QUADRANTS.indexOf(one.quadrant) : null), cell: (one) => quadrantBadge(one.quadrant) },
        { title: say('impact'), value: (one) => one.impact ?? null, numeric: true },
        { title: say('effort'), value: (one) => one.effort ?? null, numeric: true },
        voicesColumn(), peopleColumn(), wordsColumn(),
        { title: say('systems'), value: (one) => (one.systems ?? []).join(', ') },
        { title: say('problems_in_systems'), value: (one) => one.problem_interviews || null, numeric: true }],
    })),
  ];
};

/** In place of a matrix for which nobody gave marks: the systems around which most work is asked to be automated. */
function whereToAutomate(all) {
  const of = extracted();
  const touched = all.map((one) => (one.systems ?? []).map(fold));
  const rows = systems().map((system) => {
    const known = new Set([system.label, ...new Set(system.items.map((item) => item.l))].map(fold));
    const here = all.filter((one, index) => touched[index].some((name) => known.has(name)));
    return { ...system, here, asking: talksOf(here.flatMap((one) => one.items)) };
  }).filter((system) => system.here.length).sort((a, b) => b.asking - a.asking || b.hurting - a.hurting).slice(0, 12);
  return section(say('where_to_automate'), say('matrix_empty', { m: number(all.length) }), rows.length ? dataTable({
    rows, caption: say('where_to_automate'), text: (one) => fold(one.label), open: (one) => openItems(one.label, one.here.flatMap((candidate) => candidate.items)),
    columns: [{ title: say('systems'), value: (one) => one.label },
      { title: say('asking'), value: (one) => one.asking, cell: (one) => voices(one.asking, of), numeric: true },
      { title: say('kind_automation_many'), value: (one) => one.here.length, numeric: true },
      { title: say('problem_interviews'), value: (one) => one.hurting, numeric: true,
        cell: (one) => (one.hurting ? h('button.open', { type: 'button', onclick: () => openItems(one.label, one.problems) }, say('n_of_m_interviews', { n: number(one.hurting), m: number(of) })) : number(0)) },
      { title: say('for_example'), value: (one) => one.here[0].label }],
  }) : null);
}

VIEWS.systems = () => {
  const all = systems();
  const of = extracted();
  return [
    section(say('systems_and_problems'), say('systems_note'), bars(all.filter((one) => one.hurting).slice(0, 10).map((one) => ({
      label: one.label, value: one.hurting, kind: 'hurting', text: say('n_of_m_interviews', { n: one.hurting, m: of }), open: () => openItems(one.label, one.problems) })), of)),
    section(typeTitle('systems'), null, dataTable({
      rows: all, caption: typeTitle('systems'), text: subjectText, open: (one) => openItems(one.label, one.problems.length ? one.problems : one.items),
      columns: [labelColumn(),
        { title: say('problem_interviews'), value: (one) => one.hurting, numeric: true },
        { title: say('asks'), value: (one) => one.interviews, cell: (one) => h('button.open', { type: 'button', onclick: () => openItems(one.label, one.items) }, number(one.interviews)), numeric: true },
        { title: say('satisfaction'), value: (one) => one.satisfaction ?? null, cell: (one) => (one.satisfaction ? number(one.satisfaction) : ''), numeric: true },
        companyColumn()],
    })),
  ];
};

VIEWS.companies = () => {
  const companies = DATA.companies;
  const figures = [
    ['interviews', (one) => one.interviews], ['interviews_in', (one) => one.extracted], ['entities', (one) => one.entities],
    ['per_interview', (one) => (one.extracted ? one.entities / one.extracted : null)],
    ['critical_or_high', (one) => one.critical_or_high], ['needs_review', (one) => share(one.needs_review, one.entities), percent],
    ['mean_confidence', (one) => one.mean_confidence, percent]];
  const row = (title, value, format = number) => {
    const values = companies.map(value);
    const most = Math.max(1e-9, ...values.filter((one) => one !== null));
    return h('tr', {}, h('th', { scope: 'row' }, title), values.map((one) => h('td.numeric', {},
      h('span.cellbar', { style: { '--part': one === null ? 0 : one / most } }, one === null ? '–' : format(one)))));
  };
  return [section(say('companies_title'), say('companies_note'), h('div.scroll', {}, h('table.sidebyside', {}, h('caption', {}, say('companies_title')),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, say('figure')), companies.map((one) => h('th.numeric', { scope: 'col' }, companyName(one.company))))),
    h('tbody', {}, figures.map(([key, value, format]) => row(say(key), value, format)),
      DATA.types.map((type) => row(typeTitle(type.table), (one) => one.by_type[type.table])))))),
  h('div.columns', {}, companies.filter((one) => one.findings.length).map((one) => section(companyName(one.company), null,
    h('ol.short', {}, one.findings.slice(0, 5).map((found) => h('li', {},
      h('button.open', { type: 'button', onclick: () => openItems(findingText(found), found.items.map((position) => DATA.items[position])) }, findingText(found)),
      h('span.faint', {}, ' ' + say('n_of_m_interviews', { n: found.interviews, m: found.of }))))),
    h('p', {}, h('button.plain', { type: 'button', onclick: () => { state.company = one.company; go('summary'); } }, say('only_this'))))))];
};

VIEWS.patterns = () => [section(say('patterns'), state.company === null ? say('patterns_note') : say('patterns_note_company'), dataTable({
  rows: DATA.patterns.map(inHere).filter((one) => one.items.length).sort((a, b) => b.interview_count - a.interview_count),
  caption: say('patterns'), text: subjectText, open: (one) => openItems(one.label, one.items, one.shown < one.interview_count ? h('p.note', {}, say('proofs_shown', { n: number(one.shown), m: number(one.interview_count) })) : null),
  filters: [{ title: say('kind'), options: [...new Set(DATA.patterns.map((one) => one.kind))].map((kind) => [kind, word(kind)]), test: (one, value) => one.kind === value }],
  columns: [labelColumn(), { title: say('kind'), value: (one) => word(one.kind) }, { title: say('type'), value: (one) => typeTitle(one.type) },
    { title: say('asks'), value: (one) => one.interview_count, cell: (one) => voices(one.interview_count, DATA.progress.extracted), numeric: true }, peopleColumn()],
}))];

/** A pattern with its proofs of the chosen company; a complaint goes by words that one of its people said. */
function inHere(pattern) {
  const items = itemsAt(pattern.items);
  const told = /_(pain|demand)$/.test(pattern.kind) && items.length && !items.some((item) => haystack(item).includes(fold(pattern.label)));
  return { ...pattern, items, shown: talksOf(items), label: told ? items[0].l : pattern.label };
}

VIEWS.contradictions = () => {
  const rows = DATA.contradictions.filter((one) => [one.a, one.b].some((talk) => talk !== null && inCompany(DATA.talks[talk])));
  // The words themselves: a claim alone ("2 days") says little.
  const voice = (claim, quote, talk, place) => h('div.account', {}, h('p.claim', { dir: 'auto' }, claim), quote ? h('blockquote', { dir: 'auto', lang: talk === null ? null : foreign(DATA.talks[talk]) }, quote) : null,
    talk === null ? null : [who(DATA.talks[talk]), h('p', {}, h('button.plain', { type: 'button', onclick: () => openTalk(DATA.talks[talk], place) }, say('to_talk')))]);
  const about = (one) => (one.field in DATA.words[state.language] ? word(one.field) : TYPES[one.type]?.fields[one.field]?.title[state.language] ?? one.field);
  // A kind of claim and both claims say at once what is in dispute; a sentence's first words would not.
  const entries = rows.map((one) => h('li', {},
    h('h3', { dir: 'auto' }, `${about(one)}: ${word(one.claim_a)} / ${word(one.claim_b)}`), one.label ? h('p.kicker', { dir: 'auto' }, say('clash_about', { label: one.label })) : null,
    h('div.accounts', {}, voice(word(one.claim_a), one.quote_a, one.a, one.place_a), voice(word(one.claim_b), one.quote_b, one.b, one.place_b))));
  const none = (query) => {
    const found = DATA.items.filter((item) => inCompany(item.talk) && holds(haystack(item), wordsOf(query))).length;
    return [h('p', {}, say('none_matches', { m: number(rows.length), query }), ' ',
      found ? h('button.open', { type: 'button', onclick: () => go('explore', '', '', query) }, say('findings_do', { n: number(found) })) : null)];
  };
  const count = (n) => say('some_match', { n: number(n), m: number(rows.length) });
  return [section(say('contradictions'), say('contradictions_note'), rows.length ? searchable('ul.clashes', entries, count, none)
    : h('p.empty', {}, say('no_clash_of', { m: number(DATA.contradictions.length), company: companyName(state.company) })))];
};

const subjectText = (subject) => (subject.hay ??= fold(subject.label) + '\n' + subject.items.map(haystack).join('\n'));
// A short label alone is often no answer: the fullest words of those who say so stand beside it,
// beside a system or a party those that name it.
const firstWords = (item) => (item.e.length ? quoteOf(item, item.e[0]) : '');
const fullest = (items) => items.reduce((a, b) => (firstWords(b).length > firstWords(a).length ? b : a));
function telling(one) {
  const name = ['system', 'dependency'].includes(one.kind) ? fold(one.label) : '';
  const naming = name ? one.items.filter((item) => fold(firstWords(item)).includes(name)) : one.items;
  const items = naming.length ? naming : one.items;
  return items.length ? fullest(items) : null;
}
const shortened = (text, most) => (text.length > most ? text.slice(0, most).replace(/\s\S{0,24}$/, '') + '…' : text);
const SHORT = 60;
const ROOM = 180;
/** What follows a short quote in its answer, which says why; the rest of a paragraph, '' after a long quote. */
function after(item) {
  const [question, start, end] = item.e[0];
  if (start === null || end - start > SHORT) return '';
  const paragraph = Array.from(item.talk.answers[question][1]).slice(end, end + ROOM + 30).join('').split('\n')[0].trimEnd();
  return /\p{L}/u.test(paragraph) ? shortened(paragraph, ROOM - (end - start)) : '';
}
/** The words of the one who says it most fully, and softer what that person says next. */
function quoted(one) {
  const item = telling(one);
  return item ? [shortened(firstWords(item), ROOM), h('span.faint', {}, after(item))] : [];
}
const wordsColumn = () => ({ look: 'quote', title: say('quote'), value: (one) => (one.items.length ? firstWords(telling(one)) : ''), language: (one) => (one.items.length ? foreign(telling(one).talk) : null),
  cell: (one) => [quoted(one), one.items.length && foreign(telling(one).talk) ? [' ', foreignBadge(telling(one).talk)] : null] });
const titleLanguage = (one) => (one.kind === 'pain' && one.items.length ? foreign((one.items.find((item) => item.l === one.label) ?? one.items[0]).talk) : null);
const labelColumn = () => ({ title: say('label'), value: (one) => one.label });
const voicesColumn = () => ({ title: say('asks'), value: (one) => one.interviews, cell: (one) => voices(one.interviews), numeric: true });
const peopleColumn = () => ({ look: 'people', title: say('respondent'), value: (one) => names(peopleOf(one.items)),
  below: (one) => (state.company === null && one.items.length ? companyList(companiesOf(one.items), 1) : null) });
const companyColumn = () => ({ title: say('company'), value: (one) => (state.company === null ? companyList(companiesOf(one.items), 1) : '') });
