// The views that answer an executive's questions.
const VIEWS = {};

VIEWS.summary = () => {
  const list = findings();
  return [
    section(say('main_findings'), state.company === null ? say('findings_note') : say('findings_note_company', { company: companyName(state.company) }),
      list.length ? h('ol.findings', {}, list.map(finding)) : emptyNote('no_findings')),
    h('div.columns', {}, severityCard(), trustCard()),
    h('div.columns', {}, typeCard()),
  ];
};

function finding(one) {
  const items = itemsAt(one.items);
  const open = one.kind === 'contradictions' ? () => go('contradictions') : () => openItems(findingText(one), items);
  return h(`li.finding.kind-${one.kind}`, {},
    h('div', {},
      h('p.kicker', {}, say(`kind_${one.kind}`), one.severity ? [' ', severityBadge(one.severity)] : null, one.quadrant ? [' ', quadrantBadge(one.quadrant)] : null),
      h('h3', {}, h('button.open', { type: 'button', onclick: open }, findingText(one))),
      one.kind === 'pain' && items.length ? h('p.why', { dir: 'auto' }, `“${words(items)}”`) : null,
      one.problem_interviews ? h('p.why', {}, say('why_automation', { systems: one.systems.join(', '), n: number(one.problem_interviews) })) : null,
      h('p.said-by', {}, names(peopleOf(items)), items.length && state.company === null ? h('span.faint', {}, ' · ' + companyList(companiesOf(items), 2)) : null)),
    voices(one.interviews, one.of));
}
const findingText = (one) => say(`finding_${one.kind}`, { label: one.label });

/** The bars of severity, which open what is counted; nothing where the catalogue has no such field. */
function severityCard() {
  const items = DATA.items.filter((item) => item.t === 'pain_points' && inCompany(item.talk));
  const all = state.company === null;
  const rows = SEVERITIES.filter((severity) => severity in DATA.severities).map((severity) => {
    const here = items.filter((item) => item.f?.severity === severity);
    return { label: word(severity), value: all ? DATA.severities[severity] : here.length, kind: `severity-${severity}`, open: here.length ? () => openItems(word(severity), here) : null };
  });
  if (!rows.length) return null;
  const total = all ? DATA.counts.find((one) => one.type === 'pain_points').entities : items.length;
  const unstated = total - rows.reduce((sum, row) => sum + row.value, 0);
  return section(typeTitle('pain_points'), say('severity_note'), bars([...rows, { label: say('none'), value: unstated, kind: 'unstated' }]));
}

function trustCard() {
  const quality = DATA.quality;
  return section(say('can_i_trust'), say('trust_note'), h('dl.trust', {},
    trust('verified_entities', quality.with_verified_quote, quality.entities),
    trust('needs_review', quality.needs_review, quality.entities),
    trust('interviews_in', DATA.progress.extracted, DATA.progress.interviews)),
  h('p', {}, h('a', { href: '#quality' }, say('to_quality'))));
}

function trust(key, n, of) {
  return [h('dt', {}, say(key)), h('dd', {}, h('strong', {}, percent(share(n, of))), h('span.faint', {}, ` ${number(n)} / ${number(of)}`))];
}

function typeCard() {
  const company = DATA.companies.find((one) => one.company === state.company);
  const rows = DATA.counts.map((one) => ({ label: typeTitle(one.type), value: company ? company.by_type[one.type] : one.entities, open: () => go('explore', one.type) }));
  return section(say('counts_by_type'), say('types_note'), bars(rows));
}

VIEWS.pains = () => [pains().some((pain) => pain.severity) ? severityCard() : null, section(typeTitle('pain_points'), say('pains_note'), dataTable({
  rows: pains(), caption: typeTitle('pain_points'), text: subjectText, open: (pain) => openItems(pain.label, pain.items),
  filters: [{ title: say('severity'), options: SEVERITIES.map((s) => [s, word(s)]), test: (pain, value) => pain.severity === value }],
  columns: [labelColumn(),
    { title: say('severity'), value: (pain) => WEIGHT[pain.severity] ?? null, cell: (pain) => severityBadge(pain.severity), numeric: true },
    voicesColumn(), peopleColumn(), wordsColumn(), companyColumn(),
    { title: say('frequency'), value: (pain) => pain.frequency ?? '' }],
}))];

VIEWS.automation = () => {
  const all = automation();
  const placed = all.filter((one) => one.effort && one.impact);
  const open = (here, effort, impact) => openItems(say('matrix_cell', { n: here.length, effort, impact }), here.flatMap((one) => one.items));
  return [
    placed.length ? section(say('effort_impact'), say('matrix_note', { n: number(placed.length), m: number(all.length) }), matrix(placed, open)) : whereToAutomate(all),
    section(say('top_automation'), say('automation_note'), dataTable({
      rows: all, caption: say('top_automation'), text: subjectText, open: (one) => openItems(one.label, one.items),
      filters: [{ title: say('quadrant'), options: QUADRANTS.map((q) => [q, word(q)]), test: (one, value) => one.quadrant === value }],
      columns: [labelColumn(),
        { title: say('quadrant'), value: (one) => (one.quadrant ? QUADRANTS.indexOf(one.quadrant) : null), cell: (one) => quadrantBadge(one.quadrant) },
        { title: say('impact'), value: (one) => one.impact ?? null, numeric: true },
        { title: say('effort'), value: (one) => one.effort ?? null, numeric: true },
        voicesColumn(), peopleColumn(), wordsColumn(), companyColumn(),
        { title: say('systems'), value: (one) => (one.systems ?? []).join(', ') },
        { title: say('problems_in_systems'), value: (one) => (state.company === null && one.problem_interviews) || null, numeric: true },
        { title: say('addresses'), value: (one) => (one.addresses ?? []).join('; ') }],
    })),
  ];
};

/** In place of a matrix for which nobody gave marks: the systems around which most work is asked to be automated. */
function whereToAutomate(all) {
  const of = extracted();
  const rows = systems().map((system) => {
    const here = all.filter((one) => (one.systems ?? []).some((name) => fold(name) === fold(system.label)));
    return { ...system, here, asking: talksOf(here.flatMap((one) => one.items)) };
  }).filter((system) => system.here.length).sort((a, b) => b.asking * (1 + b.hurting) - a.asking * (1 + a.hurting)).slice(0, 12);
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

VIEWS.patterns = () => [section(say('patterns'), say('patterns_note'), dataTable({
  rows: DATA.patterns.map((one) => ({ ...one, items: itemsAt(one.items) })).filter((one) => one.items.length),
  caption: say('patterns'), text: subjectText, open: (one) => openItems(one.label, one.items),
  filters: [{ title: say('kind'), options: [...new Set(DATA.patterns.map((one) => one.kind))].map((kind) => [kind, word(kind)]), test: (one, value) => one.kind === value }],
  columns: [labelColumn(), { title: say('kind'), value: (one) => word(one.kind) }, { title: say('type'), value: (one) => typeTitle(one.type) },
    { title: say('asks'), value: (one) => one.interview_count, cell: (one) => voices(one.interview_count, DATA.progress.extracted), numeric: true }, peopleColumn(), companyColumn()],
}))];

VIEWS.contradictions = () => {
  const rows = DATA.contradictions.filter((one) => [one.a, one.b].some((talk) => talk !== null && inCompany(DATA.talks[talk])));
  // The words themselves: a claim alone ("2 days") says little.
  const voice = (claim, quote, talk) => h('div.account', {}, h('p.claim', { dir: 'auto' }, claim), quote ? h('blockquote', { dir: 'auto' }, quote) : null,
    talk === null ? null : [who(DATA.talks[talk]), h('p', {}, h('button.plain', { type: 'button', onclick: () => openTalk(DATA.talks[talk]) }, say('to_talk')))]);
  return [section(say('contradictions'), say('contradictions_note'), rows.length ? searchable('ul.clashes', rows.map((one) => h('li', {},
    h('h3', {}, one.label, h('span.faint', {}, ' · ' + (TYPES[one.type]?.fields[one.field]?.title[state.language] ?? word(one.field)))),
    h('div.accounts', {}, voice(word(one.claim_a), one.quote_a, one.a), voice(word(one.claim_b), one.quote_b, one.b))))) : emptyNote('no_rows'))];
};

const subjectText = (subject) => (subject.hay ??= fold(subject.label) + '\n' + subject.items.map(haystack).join('\n'));
// A short label alone is often no answer: the fullest words of those who say so stand beside it.
const words = (items) => shortened(items.map((item) => (item.e.length ? quoteOf(item, item.e[0]) : '')).reduce((a, b) => (b.length > a.length ? b : a), ''), 180);
const shortened = (text, most) => (text.length > most ? text.slice(0, most) + '…' : text);
const wordsColumn = () => ({ title: say('quote'), value: (one) => words(one.items) });
const labelColumn = () => ({ title: say('label'), value: (one) => one.label });
const voicesColumn = () => ({ title: say('asks'), value: (one) => one.interviews, cell: (one) => voices(one.interviews), numeric: true });
const peopleColumn = () => ({ title: say('respondent'), value: (one) => names(peopleOf(one.items)) });
const companyColumn = () => ({ title: say('company'), value: (one) => (state.company === null ? companyList(companiesOf(one.items)) : '') });
