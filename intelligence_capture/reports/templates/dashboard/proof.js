// The proof: a dialog with the quotes, each marked in the whole answer.
const dialog = h('dialog.proof', { 'aria-labelledby': 'proof-title' });

function openDialog(title, ...content) {
  dialog.replaceChildren(
    h('header', {}, h('h2', { id: 'proof-title' }, title),
      h('button.close', { type: 'button', 'aria-label': say('close'), onclick: () => dialog.close() }, '×')),
    h('div.content', { tabindex: '0' }, ...content));
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('.content').scrollTop = 0;
}
dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });

/** One entity: what was understood, and the words it rests on. */
function openItem(item, title = item.l) {
  openDialog(title, h('h3', {}, say('what_was_said')), item.e.map((evidence) => spoken(item, evidence)), itemFacts(item));
  showMarks(dialog);
}

/** Several entities that say one thing: a line each, which unfolds into the whole answer. */
function openItems(title, items, note) {
  if (items.length === 1) { openItem(items[0], title); return; }
  const order = [...items].sort((a, b) => compare(person(a.talk), person(b.talk)));
  openDialog(title, note ?? null,
    h('p.note', {}, say('proof_note', { n: number(items.length), m: number(talksOf(items)) })),
    order.map(foldedItem));
}

function foldedItem(item) {
  const body = h('div.unfolded');
  return h('details.voice', { ontoggle: (event) => {
    if (!event.target.open || body.childNodes.length) return;
    body.append(...item.e.map((evidence) => spoken(item, evidence, false)), itemFacts(item));
    showMarks(body);
  } },
  h('summary', {}, h('q', { dir: 'auto', lang: foreign(item.talk) }, item.e.length ? inSentence(item, item.e[0]) : item.l), who(item.talk), item.k ? confirmed(item) : null), body);
}

/** The quote with the rest of its sentence, as far as a line or two can hold it. */
function inSentence(item, [question, start, end, claimed]) {
  if (start === null) return clipped(claimed);
  const points = Array.from(item.talk.answers[question][1]);
  const ends = (place) => /[.!?\n]/.test(points[place]) && (place + 1 >= points.length || /\s/.test(points[place + 1]) || points[place] === '\n');
  let first = start;
  let last = Math.min(end, start + 280);
  while (first > 0 && start - first < 110 && !ends(first - 1)) first -= 1;
  while (last < points.length && last - end < 110 && !ends(last - 1)) last += 1;
  return [first > 0 && !ends(first - 1) ? '…' : '', points.slice(first, start).join('').trimStart(), h('mark', {}, points.slice(start, Math.min(end, last)).join('')),
    points.slice(Math.min(end, last), last).join('').trimEnd(), last < end || (last < points.length && !ends(last - 1)) ? '…' : ''];
}

const clipped = (text, most = 280) => (text.length > most ? text.slice(0, most) + '…' : text);

function who(talk) {
  const parts = [talk.role, talk.company ? companyName(talk.company) : '', date(talk.date)].filter(Boolean);
  return h('span.who', {}, h('strong', {}, person(talk)), parts.length ? ' · ' + parts.join(' · ') : '', foreign(talk) ? [' ', foreignBadge(talk)] : null);
}

function itemFacts(item) {
  const type = TYPES[item.t];
  const rows = Object.entries(item.f ?? {}).map(([name, value]) => [type.fields[name].title[state.language], shown(value, type.fields[name].kind)]);
  if (item.x) rows.push([say('extractor'), item.x]);
  rows.push([say('id'), h('code', {}, item.id)]);
  return h('div.facts', {},
    h('p.badges', {}, badge(typeTitle(item.t), 'type'), confidence(item.c),
      item.n ? badge(say('needs_review'), 'review') : null, item.k ? confirmed(item) : null),
    item.n && item.r ? h('p.note', {}, say('review_reasons') + ': ' + item.r.map(reasonText).join('; ')) : null,
    paraphrase(item) ? h('p', {}, item.d) : null,
    h('details.more-facts', {}, h('summary', {}, say('details')),
      h('dl', {}, rows.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]))));
}

/** Whether the description says more than the words that are shown anyway. */
const paraphrase = (item) => item.d && item.d !== item.l && !item.talk.answers.some(([, answer]) => answer.includes(item.d.replace(/\.$/, '')));

function shown(value, kind) {
  if (Array.isArray(value)) return value.length > 1 ? h('ul', {}, value.map((one) => h('li', {}, one))) : value.join('');
  if (typeof value === 'number') return number(value);
  return kind === 'enum' ? word(value) : value;
}

/** A quote in its answer; one that was not found there stands alone and says so. */
function spoken(item, evidence, named = true) {
  const [question, start, end, claimed] = evidence;
  const answer = question === null ? null : item.talk.answers[question];
  return h('figure.spoken', {},
    h('figcaption', {}, named ? who(item.talk) : null, answer ? h('span.question', {}, DATA.questions[answer[0]]) : null),
    start === null
      ? [h('p.badges', {}, badge(say('not_verified'), 'review')), h('blockquote', { dir: 'auto', lang: foreign(item.talk) }, claimed)]
      : h('blockquote', { dir: 'auto', tabindex: '0', lang: foreign(item.talk) }, marked(answer[1], [[start, end]])));
}

/** The text with these spans (code points) marked. */
function marked(text, spans) {
  const points = Array.from(text);
  const parts = [];
  let place = 0;
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (end <= place) continue;
    const from = Math.max(start, place);
    parts.push(points.slice(place, from).join(''), h('mark', {}, points.slice(from, end).join('')));
    place = end;
  }
  return [...parts, points.slice(place).join('')];
}

/** Scroll each answer so that its mark is in sight. */
function showMarks(container) {
  for (const quote of container.querySelectorAll('blockquote')) {
    const mark = quote.querySelector('mark');
    if (mark) quote.scrollTop = Math.max(0, mark.offsetTop - quote.offsetTop - 60);
  }
}

/** A whole interview: with everything that was found in it marked, or just the words [question, start, end] that are sought. */
function openTalk(talk, sought = null) {
  const items = DATA.items.filter((item) => item.talk === talk);
  openDialog(person(talk), h('p', {}, who(talk)), talk.error ? h('p.alert', { lang: 'en' }, talk.error) : null,
    talk.warnings.length ? h('p.note', { lang: 'en' }, talk.warnings.join('; ')) : null,
    talk.answers.map(([question, answer], index) => h('section.answer', {},
      h('h3', {}, DATA.questions[question]),
      h('p.said', { dir: 'auto', lang: foreign(talk) }, answer ? marked(answer, sought ? (sought[0] === index ? [sought.slice(1)] : []) : items.flatMap((item) => item.e.filter((e) => e[0] === index && e[1] !== null).map((e) => [e[1], e[2]]))) : say('no_answer')))));
  if (sought) dialog.querySelector('mark')?.scrollIntoView({ block: 'center' });
}
