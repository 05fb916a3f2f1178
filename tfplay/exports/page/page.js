// The page: what is typed or drawn goes to the model, and what it does with it is shown.

const data = JSON.parse(document.getElementById("data").textContent);
const engine = new Engine(data, bytesOf(JSON.parse(document.getElementById("weights").textContent)));
const { c, tokenizer } = engine;
const PAUSE = 200; // milliseconds after a key, before a text is read
const SOON = 400; // milliseconds of work, after which it can be stopped
const MOST_LIKELY = 8;
const percent = (share) => `${(100 * share).toFixed(1)}%`;
const labelsOf = (ids) => ids.map((id) => tokenizer.label(id));

const strip = mount("token_strip", find(".strip"));
const written = mount("token_strip", find(".written"));
const likely = mount("bars", find(".likely"));
const draw = mount("drawing", find(".drawing"));
const explore = makeExplorer({ view: "attention", colours: data.colours, hasPicture: c.image_size > 0, hasLens: false });

// ---- What every task shows ----

function showTokens(groups) {
    const ids = groups.flatMap(([, each]) => each);
    const named = groups.map(([name, each]) => [groups.length > 1 ? name : null, each.length]);
    strip({ tokens: labelsOf(ids), ids, groups: named, selected: null, label: "Tokens", isChange: false });
}

function showAttention(kinds, picture) {
    const attention = kinds.filter(Boolean);
    find(".missing").hidden = attention.length > 0;
    find(".explorer").hidden = !attention.length;
    if (attention.length) explore({ attention, picture, wanted });
    wanted = null;
}

// What a lesson's step wants to be seen as soon as the text is read: kind, layer, head, and how.
let wanted = null;
const wantHead = (head) => (wanted = head);

// Names with their probabilities, the first of them marked unless another is.
function showLikely(rows, label, marked = 0) {
    likely({ rows, label, marked, low: 0, high: 1, isChange: false, choices: rows.map(() => null), hint: "" });
    find(".likely").hidden = !rows.length;
}

function showClasses(shares, label) {
    const order = likeliest(shares, shares.length);
    showLikely(order.map((index) => [visible(data.labels[index]), shares[index]]), label);
}

// A text, of which some parts are marked: [start, end, label].
function showMarked(text, parts) {
    const nodes = [];
    let last = 0;
    for (const [start, end, label] of parts) {
        const mark = document.createElement("mark");
        mark.append(text.slice(start, end));
        if (label) mark.append(Object.assign(document.createElement("small"), { textContent: visible(label) }));
        nodes.push(text.slice(last, start), mark);
        last = end;
    }
    find(".answer").replaceChildren(...nodes, text.slice(last));
}

// What a strip of choices tells of each, and what is shown when one is chosen.
function showChoices(tokens, notes, shades, label, selected, choose) {
    find(".written").hidden = !tokens.length;
    const part = { tokens, notes, shades, label, selected, groups: [[null, tokens.length]], isChange: false };
    written(part, (index) => choose(index));
    if (tokens.length) choose(selected);
}

// ---- One piece of work at a time ----

let signal = {}; // of the newest: whether another has taken its place, or Stop was pressed

// Does something that the next thing, or Stop, ends; what goes wrong is told.
async function begin(doing) {
    const own = { isOver: false, isStopped: false };
    cancel();
    signal = own;
    own.timer = setTimeout(() => (find(".stop").hidden = false), SOON);
    try {
        await doing(own);
        if (!own.isOver) tell("");
    } catch (error) {
        if (!(error instanceof Told)) throw error;
        if (!own.isOver) tell(error.message);
    } finally {
        clearTimeout(own.timer);
        if (!own.isOver) find(".stop").hidden = true;
    }
}

function cancel() {
    signal.isOver = true;
    clearTimeout(signal.timer);
    find(".stop").hidden = true;
}

function tell(trouble) {
    find(".trouble").textContent = trouble;
    find(".trouble").hidden = !trouble;
}

// ---- Set up ----

function field(name, label, value, onChange) {
    const place = find(`.field.${name}`);
    const area = place.querySelector("textarea");
    place.hidden = false;
    place.querySelector("span").textContent = label;
    area.value = value;
    let timer;
    area.oninput = () => {
        clearTimeout(timer);
        timer = setTimeout(onChange, PAUSE);
    };
    return area;
}

function button(name, text, onClick) {
    const made = find(`.${name}`);
    find(".controls").hidden = made.hidden = false;
    if (text) made.textContent = text;
    made.onclick = onClick;
    return made;
}

// Examples to press; of each what is shown, and what a press does.
function examples(choices, onChoose) {
    const place = find(".examples");
    place.hidden = !choices.length;
    place.replaceChildren(...choices.map(([text, choice]) => {
        const made = Object.assign(document.createElement("button"), { type: "button", textContent: visible(text) });
        made.onclick = () => onChoose(choice);
        return made;
    }));
}

// The slider of the temperature; returns what it says.
function warmth(usual, onChange = () => {}) {
    const [input, output] = [find(".warmth input"), find(".warmth output")];
    find(".controls").hidden = find(".warmth").hidden = false;
    input.value = usual;
    const show = () => (output.textContent = Number(input.value) ? Number(input.value).toFixed(1) : "0, the likeliest");
    input.oninput = show;
    input.onchange = onChange;
    show();
    return () => Number(input.value);
}

document.title = find("h1").textContent = data.title;
find(".version").textContent = data.version;
find(".size").textContent = `${data.task_title} · a transformer of ${data.parameters.toLocaleString("en")} parameters, ` +
    "computing in this page";
find(".stop").onclick = () => (signal.isStopped = true);
window.tfplay = engine; // for those who look at a page from its console
PAGES[data.task]();
