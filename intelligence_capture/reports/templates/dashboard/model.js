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
/** The query's words, each of which has to stand in the folded text. */
const wordsOf = (query) => fold(query).split(/\s+/).filter(Boolean);
const holds = (text, words) => words.every((one) => text.includes(one));

/** The figures of the chosen company, or of all: the report formed both, so that every view says the same. */
const told = () => DATA.companies.find((one) => one.company === state.company) ?? DATA;
const withItems = (one) => ({ ...one, items: itemsAt(one.items) });
const pains = () => told().pains.map(withItems);
const automation = () => told().automation.map(withItems);
const systems = () => told().systems.map((one) => ({ ...withItems(one), problems: itemsAt(one.problems ?? []), hurting: one.problem_interviews ?? 0 }));
/** What a table of `n` subjects says of the `m` entities of its type: that some share a row, or that some are not here. */
function grouped(key, n, m) {
  if (DATA.items.length < DATA.total) return say('rows_limited', { n: number(DATA.items.length), m: number(DATA.total) });
  return n < m ? say(key, { n: number(n), m: number(m) }) : null;
}
const entities = (table) => (state.company === null ? DATA.counts.find((one) => one.type === table)?.entities : told().by_type[table]) ?? 0;

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
