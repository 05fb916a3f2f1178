// All heads of a model at a glance, one of them in full, and what each layer would answer.

const MEAN = "mean";
const LEAST = 0.005; // scores below this are not drawn as lines
const HINTS = {
    attention: "A row is a token that looks and adds up to 100%; a column is one that is looked at. " +
        "Point at a cell, or walk with the arrow keys; a click keeps a row.",
    lines: "The stronger the attention, the darker the line. Point at a token to see its lines alone; " +
        "a click on the right keeps them.",
    text: "Choose a token; below, the others are coloured by how much it looks at them.",
    picture: "Choose a patch; the picture is coloured by how much it looks at each. The rest goes to the first position.",
    lens: "Each layer's answer is read off the residual stream with the model's own last norm and head, as if " +
        "the later layers were not there; the last row is the model's answer. Choose a cell to see what comes close.",
};

// Draws into the page's explorer. Returns the function that shows findings: `attention`, of each
// kind its scores and the names of its positions, if there are any `lens` and `picture`, and what is
// `wanted` to be seen of them at once.
function makeExplorer({ view, colours, hasPicture, hasLens }) {
    const NAMES = { attention: "Heat map", lines: "Lines", text: hasPicture ? "Picture" : "Text", lens: "Answer of each layer" };
    const state = { view, kind: 0, locked: null, lens: null };
    let data;

    function openKind(index) {
        const kind = data.attention[index];
        const { layers, heads } = kind.thumbnails;
        Object.assign(state, { kind: index, layer: layers - 1, head: MEAN, locked: null });
        options(find(".layer"), kind.layers.map((_, layer) => [layer, layer + 1]), state.layer);
        const numbers = Array.from({ length: heads }, (_, head) => [head, head + 1]);
        options(find(".number"), heads > 1 ? [...numbers, [MEAN, "mean of all"]] : numbers, state.head);
        if (heads === 1) state.head = find(".number").value = 0;
        draw();
    }

    function draw() {
        const kind = data.attention[state.kind];
        const isLens = state.view === "lens";
        find(".halves").classList.toggle("whole", isLens);
        find(".kinds").hidden = isLens || data.attention.length < 2;
        for (const [name, host] of Object.entries(hosts)) host.hidden = name !== state.view;
        const hint = HINTS[hasPicture && state.view === "text" ? "picture" : state.view];
        find(".one .hint").textContent = [hint, isLens ? "" : told(kind)].join(" ").trim();
        if (isLens) return drawLens();
        find(".layer").value = state.layer;
        find(".number").value = state.head;
        find(".place").textContent = kind.layers[state.layer];
        const selected = state.head === MEAN ? null : [state.layer, state.head];
        drawThumbnails({ ...kind.thumbnails, selected }, ([layer, head]) => {
            Object.assign(state, { layer, head });
            draw();
        });
        views[state.view](kind, scoresOf(kind, state.layer, state.head));
    }

    function drawHeatmap(kind, scores) {
        const head = state.head === MEAN ? kind.thumbnails.heads : state.head;
        heatmap({
            scores,
            rows: kind.rows,
            columns: kind.columns,
            deepest: kind.deepest[state.layer][head],
            colours: colours[dark.matches ? "dark" : "light"],
            locked: state.locked,
            label: `${kind.title}, layer ${state.layer + 1}, ${state.head === MEAN ? "mean of all heads" : `head ${state.head + 1}`}`,
        }, (locked) => (state.locked = locked));
    }

    function drawLines(kind, scores) {
        const width = kind.columns.length;
        const links = kind.rows.map((_, row) =>
            kind.columns.flatMap((_, column) => {
                const score = scores[row * width + column];
                return score < LEAST ? [] : [[column, score]];
            }),
        );
        const titles = ["is looked at", "looks"];
        const part = { left: kind.columns, right: kind.rows, links, titles, locked: state.locked };
        lines(part, (locked) => (state.locked = locked));
    }

    function drawText(kind, scores) {
        const target = state.locked ?? kind.rows.length - 1;
        const width = kind.columns.length;
        const row = [...scores.subarray(target * width, (target + 1) * width)];
        const most = Math.max(...row, 1e-12);
        const strip = (tokens, others) => ({ tokens, groups: [[null, tokens.length]], isChange: false, ...others });
        askers(strip(kind.rows, { selected: target, label: "Who looks" }), (chosen) => {
            state.locked = chosen;
            drawText(kind, scores);
        });
        if (hasPicture) return drawPicture(target, row.slice(1), () => drawText(kind, scores));
        asked(strip(kind.columns, {
            selected: null,
            label: "What it looks at",
            shades: row.map((score) => score / most),
            notes: row.map((score) => `gets ${(100 * score).toFixed(1)}% of it`),
        }));
    }

    // The patches stand row by row after one position that is none.
    function drawPicture(target, scores, redraw) {
        const side = Math.sqrt(scores.length);
        const values = Array.from({ length: side }, (_, row) => scores.slice(row * side, (row + 1) * side));
        const label = "What it looks at";
        const part = { pixels: data.picture, label, values, full: Math.max(...scores, 1e-12), isChange: false };
        picture({ ...part, chosen: target ? target - 1 : null, canChoose: true }, (patch) => {
            state.locked = patch + 1;
            redraw();
        });
    }

    function drawLens() {
        state.lens ??= [data.lens.levels.length - 1, data.lens.usual];
        const [level, place] = state.lens;
        const rows = data.lens.choices[level][place].map((choice, rank) =>
            [data.lens.names[choice], data.lens.probabilities[level][place][rank]]);
        lens({ ...data.lens, chosen: state.lens }, (chosen) => {
            state.lens = chosen;
            drawLens();
        });
        const label = `What ${data.lens.levels[level]} would answer: ${data.lens.places[place]}`;
        likeliest({
            rows, label, low: 0, high: 1, isChange: false, marked: 0, choices: rows.map(() => null), hint: "",
        });
    }

    // Opens what is named: a kind by its title, a layer and a head by their numbers, a view by its name.
    function open({ kind, layer, head, seen }) {
        const index = data.attention.findIndex(({ title }) => title === kind);
        openKind(Math.max(0, index));
        check(find(".kinds"), String(state.kind));
        if (layer) state.layer = Number(layer) - 1;
        if (head) state.head = Number(head) - 1;
        state.view = Object.keys(NAMES).find((name) => NAMES[name] === seen) ?? state.view;
        check(find(".views"), state.view);
        draw();
    }

    const drawThumbnails = mount("thumbnails", find(".thumbnails"));
    const hosts = Object.fromEntries(
        Object.keys(NAMES).map((name) => [name, find(".view").appendChild(document.createElement("div"))]));
    const heatmap = mounted("heatmap", hosts.attention);
    const lines = mounted("token_lines", hosts.lines);
    const [askers, asked] = ["token_strip", "token_strip"].map((name) => mounted(name, hosts.text));
    const picture = mounted("picture", hosts.text);
    const lens = mounted("lens", hosts.lens);
    const likeliest = mounted("bars", hosts.lens);
    hosts.lines.className = "scrolls";
    asked.host.className = picture.host.className = likeliest.host.className = "second";
    asked.host.hidden = hasPicture;
    picture.host.hidden = !hasPicture;
    const views = { attention: drawHeatmap, lines: drawLines, text: drawText };
    radios(find(".views"), "view", Object.entries(NAMES).filter(([name]) => name !== "lens" || hasLens), view,
        (chosen) => { state.view = chosen; draw(); });
    find(".layer").onchange = (event) => { state.layer = Number(event.target.value); draw(); };
    find(".number").onchange = (event) => {
        state.head = event.target.value === MEAN ? MEAN : Number(event.target.value);
        draw();
    };
    dark.onchange = () => data && draw();

    return (found) => {
        const isFirst = !data;
        data = found;
        state.locked = null;
        if (isFirst) {
            radios(find(".kinds"), "kind", data.attention.map(({ title }, index) => [String(index), title]), 0,
                (index) => openKind(Number(index)));
            openKind(0);
        }
        if (found.wanted) open(found.wanted);
        else if (!isFirst) draw();
    };
}

// The scores of one head, or the mean of a layer's, row by row.
function scoresOf(kind, layer, head) {
    const { heads } = kind.thumbnails;
    const size = kind.rows.length * kind.columns.length;
    const found = new Float32Array(size);
    const wanted = head === MEAN ? Array.from({ length: heads }, (_, index) => index) : [head];
    for (const each of wanted) {
        const start = (layer * heads + each) * size;
        const factor = kind.factor[layer][each] / wanted.length;
        for (let index = 0; index < size; index++) found[index] += factor * kind.numbers[start + index];
    }
    return found;
}

function told({ rounding, padding = [0] }) {
    const left = Math.max(...padding);
    return [
        rounding ? `Scores are rounded to ±${(100 * rounding).toPrecision(1)}%.` : "",
        left ? `${left} positions of padding at the end are left out.` : "",
    ].join(" ");
}
