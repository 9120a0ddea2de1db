// Relations: a picture of the top entities, or one entity with its neighbours; always with its table.
const NODES = DATA.graph.nodes.map(([label, type, interviews, items], index) => ({ index, label, type, interviews, items, edges: [] }));
for (const [source, relation, target, stated, strength, by] of DATA.graph.edges) {
  const edge = { source: NODES[source], target: NODES[target], relation: DATA.graph.relations[relation], stated, strength, by };
  edge.source.edges.push(edge);
  if (target !== source) edge.target.edges.push(edge);
}
const NEIGHBOURS = 16;
const graphState = { centre: null, hidden: new Set(), query: '' };

// Six colours that the colour-blind can tell apart, times three shapes; the label says it in words besides.
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#8a6d00', '#555e68'];
const looks = (type) => {
  const place = Math.max(0, DATA.types.findIndex((one) => one.table === type));
  return { colour: COLOURS[place % 6], shape: Math.floor(place / 6) % 3 };
};

VIEWS.graph = () => {
  const { centre } = graphState;
  const edges = centre ? shownEdges(centre) : pictureEdges();
  const frame = h('div.graph.scroll', { tabindex: '0', role: 'group', 'aria-label': say('graph_picture') }, centre ? wheel(centre, edges) : overview(edges));
  // Where the picture is wider than the window, its middle is what to see first.
  requestAnimationFrame(() => { frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2; });
  return [section(say('tab_graph'), say('graph_note', { n: number(NODES.length), m: number(DATA.graph.total) }),
    graphTools(),
    frame,
    legend(edges)),
  section(centre ? say('relations_of', { label: centre.label }) : say('relations_shown'), null, relationTable(centre ? centre.edges.filter(allowed) : edges))];
};

const allowed = (edge) => !graphState.hidden.has(edge.source.type) && !graphState.hidden.has(edge.target.type);

function pictureEdges() {
  const shown = new Set(DATA.graph.picture.map(([index]) => NODES[index]));
  return [...shown].flatMap((node) => node.edges.filter((edge) => edge.source === node && shown.has(edge.target))).filter(allowed);
}

/** The strongest relations of an entity, a neighbour once. */
function shownEdges(centre) {
  const best = [...centre.edges].filter(allowed).sort((a, b) => b.stated - a.stated || (b.strength ?? 0) - (a.strength ?? 0));
  const seen = new Set([centre]);
  return best.filter((edge) => {
    const other = edge.source === centre ? edge.target : edge.source;
    return !seen.has(other) && seen.add(other) && seen.size <= NEIGHBOURS + 1;
  });
}

function graphTools() {
  const results = h('ul.results');
  const look = () => {
    const words = fold(graphState.query).split(/\s+/).filter(Boolean);
    const found = words.length ? NODES.filter((node) => words.every((one) => fold(node.label).includes(one))).slice(0, 8) : [];
    results.replaceChildren(...found.map((node) => h('li', {}, h('button.plain', { type: 'button', onclick: () => focusOn(node) }, node.label, h('span.faint', {}, ` ${typeTitle(node.type)} · ${number(node.interviews)}`)))));
  };
  const input = h('input', { type: 'search', 'aria-label': say('graph_search'), placeholder: say('graph_search'), value: graphState.query,
    oninput: (event) => { graphState.query = event.target.value; look(); } });
  return [h('div.tools', {}, input,
    graphState.centre ? h('button.plain', { type: 'button', id: 'graph-back', onclick: () => focusOn(null) }, say('graph_back')) : null,
    graphState.centre ? h('button.plain', { type: 'button', id: 'graph-proof', onclick: () => openItems(graphState.centre.label, graphState.centre.items.map((place) => DATA.items[place])) }, say('to_evidence')) : null), results];
}

function focusOn(node) {
  graphState.centre = node;
  graphState.query = '';
  render();
}

function overview(edges) {
  const places = new Map(DATA.graph.picture.map(([index, x, y]) => [NODES[index], [x, y]]));
  return drawing([...places.keys()].filter((node) => !graphState.hidden.has(node.type)), edges, places);
}

/** The entity in the middle, its neighbours around it, those of a type together. */
function wheel(centre, edges) {
  const around = edges.map((edge) => (edge.source === centre ? edge.target : edge.source))
    .sort((a, b) => compare(a.type, b.type) || b.interviews - a.interviews || a.index - b.index);
  const places = new Map([[centre, [500, 350]]]);
  around.forEach((node, index) => {
    const angle = (2 * Math.PI * (index + 0.5)) / around.length - Math.PI / 2;
    const ring = around.length > 10 && index % 2 ? 0.66 : 1;  // two rings leave room for the labels
    places.set(node, [500 + 410 * ring * Math.cos(angle), 345 + 295 * ring * Math.sin(angle)]);
  });
  return drawing([...places.keys()], edges, places, centre);
}

function drawing(nodes, edges, places, centre = null) {
  return h('svg', { viewBox: '0 0 1000 720', role: 'group', 'aria-label': say('graph_picture') },
    edges.map((edge) => {
      const [[x1, y1], [x2, y2]] = [places.get(edge.source), places.get(edge.target)];
      return h('line', { x1, y1, x2, y2, stroke: '#9aa7b2', 'stroke-width': edge.stated ? 1.8 : 1, 'stroke-dasharray': edge.stated ? null : '4 4' });
    }),
    centre ? edges.map((edge) => {
      const [[x1, y1], [x2, y2]] = [places.get(edge.source), places.get(edge.target)];
      return h('text', { x: middle(x1, x2, edge, centre), y: middle(y1, y2, edge, centre) + 4, class: 'relation' }, relationName(edge.relation));
    }) : null,
    nodes.map((node) => mark(node, places.get(node), node === centre)));
}

/** Nearer to the neighbour: around the centre all names would meet. */
const middle = (source, target, edge, centre) => (edge.source === centre ? source + 0.58 * (target - source) : target + 0.58 * (source - target));

function mark(node, [x, y], central) {
  const size = 7 + Math.min(11, 2.4 * Math.sqrt(node.interviews));
  const { colour, shape } = looks(node.type);
  const picture = [
    () => h('circle', { cx: x, cy: y, r: size, fill: colour }),
    () => h('rect', { x: x - size, y: y - size, width: 2 * size, height: 2 * size, rx: 2, fill: colour }),
    () => h('polygon', { points: `${x},${y - size * 1.3} ${x + size * 1.3},${y} ${x},${y + size * 1.3} ${x - size * 1.3},${y}`, fill: colour })][shape]();
  const act = () => (central ? openItems(node.label, node.items.map((place) => DATA.items[place])) : focusOn(node));
  return h(`g.node${central ? '.central' : ''}`, { role: 'button', tabindex: '0', onclick: act, onkeydown: (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); act(); } } },
  h('title', {}, `${node.label}: ${typeTitle(node.type)}, ${say('n_of_m_interviews', { n: node.interviews, m: DATA.progress.extracted })}`),
  picture, h('text', { x, y: y + size + 14, 'aria-hidden': 'true' }, twoLines(node.label).map((line, index) => h('tspan', { x, dy: index ? '1.15em' : null }, line))));
}

/** A label in two lines of about the width that the picture leaves for one. */
function twoLines(label, width = 22) {
  if (label.length <= width) return [label];
  const space = label.lastIndexOf(' ', width);
  const first = label.slice(0, space > 5 ? space : width);
  return [first, clipped(label.slice(first.length).trimStart(), width)];
}

/** The types in the picture; each can be taken out. */
function legend() {
  const types = [...new Set((graphState.centre ? graphState.centre.edges.flatMap((edge) => [edge.source, edge.target]) : DATA.graph.picture.map(([index]) => NODES[index])).map((node) => node.type))].sort(compare);
  return h('fieldset.legend', {}, h('legend', {}, say('type')), types.map((type) => h('label', {},
    h('input', { type: 'checkbox', id: `legend-${type}`, checked: !graphState.hidden.has(type), onchange: () => { if (!graphState.hidden.delete(type)) graphState.hidden.add(type); render(); } }),
    h('svg.swatch-shape', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, swatch(type)), typeTitle(type))));
}

function swatch(type) {
  const { colour, shape } = looks(type);
  return [() => h('circle', { cx: 8, cy: 8, r: 6, fill: colour }), () => h('rect', { x: 2, y: 2, width: 12, height: 12, fill: colour }),
    () => h('polygon', { points: '8,1 15,8 8,15 1,8', fill: colour })][shape]();
}

const relationName = (relation) => DATA.words[state.language]['relation_' + relation] ?? relation.replaceAll('_', ' ');

function relationTable(edges) {
  const link = (node) => h('button.open', { type: 'button', onclick: () => focusOn(node) }, node.label);
  return dataTable({
    rows: edges, caption: say('relations_shown'), text: (edge) => (edge.hay ??= fold([edge.source.label, edge.target.label].join(' '))),
    columns: [
      { title: say('from'), value: (edge) => edge.source.label, cell: (edge) => link(edge.source) },
      { title: say('relation'), value: (edge) => relationName(edge.relation) },
      { title: say('to'), value: (edge) => edge.target.label, cell: (edge) => link(edge.target) },
      { title: say('ground'), value: (edge) => say(edge.stated ? 'stated' : 'co_mentioned') },
      { title: say('strength'), value: (edge) => edge.strength, cell: (edge) => (edge.strength === null ? '–' : number(edge.strength)), numeric: true },
      { title: say('confirmed'), value: (edge) => edge.by, cell: (edge) => (edge.by ? badge('✓ ' + edge.by, 'confirmed') : '') },
    ],
  });
}
