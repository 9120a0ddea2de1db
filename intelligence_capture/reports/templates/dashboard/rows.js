// The views with every row: all findings, and the quality of the data.
let exploredType = '';
let exploredReview = '';
let exploredWords = '';

VIEWS.explore = () => {
  const order = Object.fromEntries(DATA.types.map((type, index) => [type.table, index]));
  const rows = DATA.items.filter((item) => inCompany(item.talk) && (!exploredType || item.t === exploredType))
    .sort((a, b) => order[a.t] - order[b.t] || b.c - a.c);
  const distinct = (value) => [...new Set(rows.map(value).filter(Boolean))].sort(compare).map((one) => [one, one]);
  const place = (key) => ({ title: say(key), options: distinct((item) => item.talk[key]), test: (item, value) => item.talk[key] === value });
  const types = h('select', { id: 'type', 'aria-label': say('type'), onchange: (event) => { exploredType = event.target.value; render(); } },
    h('option', { value: '' }, say('all_types')), DATA.counts.map((one) => h('option', { value: one.type, selected: one.type === exploredType }, `${typeTitle(one.type)} (${number(one.entities)})`)));
  return [section(exploredType ? typeTitle(exploredType) : say('all_findings'), DATA.items.length < DATA.total ? say('rows_limited', { n: number(DATA.items.length), m: number(DATA.total) }) : null,
    dataTable({
      before: types, rows, caption: say('all_findings'), text: haystack, open: (item) => openItem(item), query: exploredWords,
      filters: [place('business_unit'), place('department'), place('role'),
        { title: say('confidence'), options: [0.5, 0.7, 0.9].map((least) => [least, '≥ ' + percent(least)]), test: (item, value) => item.c >= Number(value) },
        { title: say('needs_review'), preset: exploredReview, options: [['1', say('yes')], ['0', say('no')]], test: (item, value) => String(item.n) === value },
        { title: say('confirmed'), options: rows.some((item) => item.k) ? [['', say('yes')], ...distinct((item) => item.k?.[1])].map(([who, text]) => ['=' + who, text]) : [], test: (item, value) => Boolean(item.k) && (value === '=' || '=' + item.k[1] === value) },
      ].filter((filter) => filter.options.length),
      columns: [{ title: say('label'), value: (item) => item.l }, { title: say('type'), value: (item) => typeTitle(item.t) },
        ...fieldColumns(),
        { title: say('respondent'), value: (item) => person(item.talk) }, { title: say('company'), value: (item) => companyName(item.talk.company) },
        { title: say('confidence'), value: (item) => item.c, cell: (item) => confidence(item.c), numeric: true },
        { title: say('needs_review'), value: (item) => item.n, cell: (item) => (item.n ? badge(say('needs_review'), 'review') : '') },
        { title: say('confirmed'), value: (item) => confirmation(item), cell: (item) => (item.k ? confirmed(item) : '') }],
    }))];
};

/** The first fields of the chosen type that anybody filled. */
function fieldColumns() {
  if (!exploredType) return [];
  const fields = Object.entries(TYPES[exploredType].fields);
  const filled = fields.filter(([name]) => DATA.items.some((item) => item.t === exploredType && item.f?.[name] !== undefined));
  return filled.slice(0, 4).map(([name, spec]) => ({
    title: spec.title[state.language], numeric: spec.kind === 'integer' || spec.kind === 'number',
    value: (item) => { const value = item.f?.[name]; return Array.isArray(value) ? value.join('; ') : spec.kind === 'enum' && value ? word(value) : value ?? null; },
  }));
}

VIEWS.quality = () => [trustCards(), homelessCard(), gateCard(), costCard(), talkCard()];

/** The interviews that count for no company, and what to do about it. */
function homelessCard() {
  const homeless = DATA.talks.filter((talk) => !talk.company);
  if (!homeless.length || homeless.length === DATA.talks.length) return null;
  return section(`${say('without_company')}: ${number(homeless.length)}`, say('without_company_do'), h('ul.short', {}, homeless.map((talk) => h('li', {},
    h('button.open', { type: 'button', onclick: () => openTalk(talk) }, person(talk)), h('span.faint', {}, ` · ${talk.id}`)))));
}

function gateCard() {
  const validation = DATA.validation;
  if (!validation) return null;
  const order = { fail: 0, warn: 1, pass: 2 };
  const checks = [...validation.checks].sort((a, b) => (order[a.verdict] ?? 3) - (order[b.verdict] ?? 3));
  return section(say(validation.gate === 'open' ? 'gate_open' : 'gate_closed'), say('gate_note', { n: number(checks.length) }), dataTable({
    rows: checks, caption: say('checks'), text: (check) => fold(`${word(check.name)} ${check.message[state.language]} ${check.example ?? ''}`),
    filters: [{ title: say('verdict'), options: ['fail', 'warn', 'pass'].map((v) => [v, word(v)]), test: (check, value) => check.verdict === value }],
    columns: [{ title: say('checks'), value: (check) => word(check.name) }, { title: say('verdict'), value: (check) => order[check.verdict], cell: (check) => badge(word(check.verdict), `verdict-${check.verdict}`) },
      { title: say('message'), value: (check) => check.message[state.language] }, { title: say('example'), value: (check) => check.example ?? '' }],
  }));
}

function trustCards() {
  const { quality } = told();
  const { cost } = quality;
  const facts = [
    ['verified_entities', `${number(quality.with_verified_quote)} / ${number(quality.entities)}`],
    ['unverified_quotes', `${number(quality.unverified_quotes)} / ${number(quality.quotes)}`],
    ['needs_review', `${number(quality.needs_review)} / ${number(quality.entities)}`],
    ['confirmed', `${number(quality.confirmed)} / ${number(quality.entities)}`],
    ['mean_confidence', quality.mean_confidence === null ? '–' : percent(quality.mean_confidence)],
    ['empty_types', quality.empty_types.map(typeTitle).join(', ') || number(0)],
    ['silent_interviews', quality.silent_interviews.join(', ') || number(0)],
    ['cost', costOf(cost)]];
  const tenths = quality.confidence_tenths.map((value, tenth) => ({ label: `${percent(tenth / 10)} – ${percent((tenth + 1) / 10)}`, value }));
  return h('div.columns', {},
    section(say('quality'), say('quality_note', { scope: scope() }), h('dl.figures', {}, facts.map(([key, value]) => [h('dt', {}, say(key)), h('dd', {}, value)])),
      quality.needs_review ? h('p', {}, h('button.plain', { type: 'button', onclick: () => go('explore', '', '1') }, say('to_review'))) : null,
      readOffline() ? h('p', {}, say('read_offline')) : null),
    quality.confirmed ? section(say('confirmed'), say('confirmed_note'), bars(quality.confirmed_by.map((one) => ({ label: one.by || say('unknown'), value: one.accepted + one.edited + one.added })))) : null,
    quality.reasons.length ? section(say('why_review'), null, bars(quality.reasons.slice(0, 12).map((one) => ({ label: word(one.reason), value: one.entities })))) : null,
    section(say('confidence'), say('confidence_note'), bars(tenths)));
}

const scope = () => (state.company === null ? say('scope_all') : say('scope_company', { company: companyName(state.company) }));
const readOffline = () => DATA.quality.cost_by_model.length > 0 && DATA.quality.cost_by_model.every((one) => one.extractor === 'offline');
const costOf = (one) => one.cost_usd === null ? say('unknown') : money(one.cost_usd) + (one.unknown_cost_interviews ? ` (+ ${say('cost_unknown')}: ${one.unknown_cost_interviews})` : '');
const orUnknown = (value) => value === null ? say('unknown') : number(value);

function costCard() {
  const { cost_by_model: rows } = told().quality;
  if (!rows.length) return null;
  return section(say('cost_by_model'), `${scope()} ${say('cost_note')}`, dataTable({
    rows, caption: say('cost_by_model'), text: (one) => fold(`${one.extractor} ${one.model}`),
    columns: [{ title: say('extractor'), value: (one) => one.extractor }, { title: say('model'), value: (one) => one.model || '–' },
      { title: say('interviews'), value: (one) => one.interviews, numeric: true }, { title: say('calls'), value: (one) => one.calls, numeric: true },
      { title: say('tokens_in'), value: (one) => one.prompt_tokens, cell: (one) => orUnknown(one.prompt_tokens), numeric: true },
      { title: say('tokens_out'), value: (one) => one.completion_tokens, cell: (one) => orUnknown(one.completion_tokens), numeric: true },
      { title: say('cost'), value: (one) => one.cost_usd, cell: costOf, numeric: true }],
  }));
}

function talkCard() {
  const counts = DATA.items.reduce((sum, item) => sum.set(item.v, (sum.get(item.v) ?? 0) + 1), new Map());
  const rows = DATA.talks.map((talk, position) => ({ talk, position })).filter(({ talk }) => inCompany(talk));
  return section(say('interviews'), DATA.shortened ? say('answers_shortened') : say('interviews_note'), dataTable({
    rows, caption: say('interviews'), text: ({ talk }) => (talk.hay ??= fold([talk.id, talk.respondent, talk.role, talk.company, talk.error, ...talk.answers.map(([, said]) => said)].join('\n'))), open: ({ talk }) => openTalk(talk),
    filters: [{ title: say('status'), options: ['ok', 'failed', 'pending'].map((s) => [s, say(s)]), test: ({ talk }, value) => talk.status === value }],
    columns: [{ title: say('respondent'), value: ({ talk }) => person(talk) }, { title: say('role'), value: ({ talk }) => talk.role }, { title: say('company'), value: ({ talk }) => companyName(talk.company) },
      { title: say('date'), value: ({ talk }) => talk.date, cell: ({ talk }) => date(talk.date) },
      { title: say('status'), value: ({ talk }) => talk.status, cell: ({ talk }) => badge(say(talk.status), `status-${talk.status}`) },
      { title: say('entities'), value: ({ position }) => counts.get(position) ?? 0, numeric: true },
      { title: say('cost'), value: ({ talk }) => talk.spent.cost_usd, cell: ({ talk }) => costOf(talk.spent), numeric: true },
      { title: say('error'), value: ({ talk }) => talk.error }],
  }));
}
