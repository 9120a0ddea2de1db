// What the views ask of the data; everything respects the company that is chosen.
const TYPES = Object.fromEntries(DATA.types.map((type) => [type.table, type]));
const SEVERITIES = ['critical', 'high', 'medium', 'low'];
const WEIGHT = { critical: 4, high: 3, medium: 2, low: 1 };
const QUADRANTS = ['quick_win', 'major_project', 'fill_in', 'thankless_task'];

for (const item of DATA.items) item.talk = DATA.talks[item.v];

const typeTitle = (table) => (TYPES[table] ? TYPES[table].title[state.language] : table);
const companyName = (company) => company || say('no_company');
const person = (talk) => talk.respondent || talk.id;
const inCompany = (talk) => state.company === null || talk.company === state.company;

/** The items of these positions that belong to the chosen company. */
const itemsAt = (positions) => positions.map((position) => DATA.items[position]).filter((item) => inCompany(item.talk));
const talksOf = (items) => new Set(items.map((item) => item.v)).size;
const extracted = () => DATA.talks.filter((talk) => talk.status === 'ok' && inCompany(talk)).length;

/** A figure's items in the chosen company, and how many interviews they come from. */
function local(subject, key = 'items', count = 'interviews') {
  if (state.company === null) return { items: itemsAt(subject[key] ?? []), interviews: subject[count] ?? 0 };
  const items = itemsAt(subject[key] ?? []);
  return { items, interviews: talksOf(items) };
}

function findings() {
  if (state.company === null) return DATA.findings;
  return DATA.companies.find((one) => one.company === state.company).findings;
}

/** Pain points of the chosen company, by how bad they are times how many say so. */
function pains() {
  const found = DATA.pains.map((pain) => ({ ...pain, ...local(pain) })).filter((pain) => pain.interviews);
  if (state.company === null) return found;
  for (const pain of found) pain.severity = SEVERITIES.find((s) => pain.items.some((item) => item.f?.severity === s));
  return found.sort((a, b) => weight(b) - weight(a));
}
const weight = (pain) => (WEIGHT[pain.severity] ?? 2) * pain.interviews;

const automation = () => DATA.automation.map((one) => ({ ...one, ...local(one) })).filter((one) => one.interviews);

function systems() {
  const found = DATA.systems.map((system) => {
    const problems = local(system, 'problems', 'problem_interviews');
    return { ...system, ...local(system), problems: problems.items, hurting: problems.interviews };
  }).filter((system) => system.interviews || system.hurting);
  return found.sort((a, b) => b.hurting - a.hurting || b.interviews - a.interviews);
}

/** The part of an answer between two code points. */
function slice(text, start, end) {
  if (!/[\ud800-\udbff]/.test(text)) return text.slice(start, end);
  return Array.from(text).slice(start, end).join('');
}

/** The words of one piece of evidence: [question, start, end] or [question, null, null, claimed]. */
function quoteOf(item, evidence) {
  const [question, start, end, claimed] = evidence;
  return start === null ? claimed : slice(item.talk.answers[question][1], start, end);
}

/** Folded text in which a search looks; made once. */
function haystack(item) {
  return (item.hay ??= fold([item.l, item.d ?? '', person(item.talk), item.talk.role, item.talk.company,
    ...item.e.map((evidence) => quoteOf(item, evidence))].join('\n')));
}
