// A sentence's way through a model: tokens, vectors, attention as lines on which points move, and
// the answer. What is drawn stands still in an SVG; the moving points have a canvas above it.

const STEP_LASTS = 2800; // milliseconds
const ARRIVAL = [{ clipPath: "inset(-9px 100% -9px -9px)" }, { clipPath: "inset(-9px)" }]; // from the left
const dark = matchMedia("(prefers-color-scheme: dark)");
const percent = (share) =>
    share > 0.995 ? ">99%" : `${share < 0.1 ? (100 * share).toFixed(1) : Math.round(100 * share)}%`;

export default function ({ parentElement: root, data, setTriggerValue }) {
    const view = (root.view ??= { head: 0, isMoving: true, points: [] });
    const find = (name) => root.querySelector(name);
    Object.assign(view, { data, find, svg: find("svg"), canvas: find("canvas") });
    view.keep = (stage) => setTriggerValue("chosen", stage);
    view.open = (place) => setTriggerValue("opened", place);
    if (view.given !== data.stage) view.given = view.stage = data.stage;
    view.head = Math.min(view.head, data.flow.lanes[0].self_attention[0].length);
    const drawn = JSON.stringify(data.flow);
    const isNew = view.drawn !== drawn;
    view.drawn = drawn;
    if (isNew) view.chosen = view.looked = null;

    drawButtons(view);
    if (isNew || view.width !== view.svg.clientWidth) draw(view, isNew);
    else look(view, view.looked); // what has the focus stays
    view.observer ??= new ResizeObserver(() => view.svg.clientWidth !== view.width && draw(view));
    view.observer.observe(view.svg);
    dark.onchange = () => requestAnimationFrame(() => scatterPoints(view));
    still.onchange = () => draw(view);
    return () => {
        view.observer.disconnect();
        clearTimeout(view.tour);
        view.tour = null;
        cancelAnimationFrame(view.frame);
    };
}

// The steps and the heads, as two groups of which one is chosen.
function drawButtons(view) {
    const { find, data } = view;
    const heads = data.flow.lanes[0].self_attention[0].length;
    const names = ["All heads", ...Array.from({ length: heads }, (_, head) => String(head + 1))];
    drawGroup(find(".stages"), data.stages.map((each) => [each.id, each.label]), view.stage, (stage) => {
        stopTour(view);
        view.chosen = view.looked = null;
        showStage(view, stage);
        view.keep(stage);
    });
    drawGroup(find(".heads"), names.map((name, head) => [head, name]), view.head, (head) => {
        view.head = head;
        drawButtons(view);
        look(view);
    });
    [...find(".heads").children].forEach((button, head) => {
        if (head) button.style.color = `var(--head-${1 + ((head - 1) % 6)})`;
    });
    find(".tour").textContent = view.tour ? "■ Stop" : "▶ Step by step";
    find(".tour").onclick = () => (view.tour ? stopTour(view) : startTour(view));
    find(".pause").hidden = still.matches;
    find(".pause").textContent = view.isMoving ? "❚❚" : "▶";
    find(".pause").ariaLabel = find(".pause").title = view.isMoving ? "Pause the motion" : "Go on moving";
    find(".pause").onclick = () => {
        view.isMoving = !view.isMoving;
        drawButtons(view);
        movePoints(view);
    };
    find(".open").onclick = () => view.open(doorOf(view));
}

function drawGroup(group, choices, chosen, choose) {
    const names = choices.map(([, name]) => name).join("\n");
    if (group.names !== names) {
        group.names = names;
        group.replaceChildren(...choices.map(([, name]) => {
            const button = document.createElement("button");
            Object.assign(button, { type: "button", role: "radio", textContent: name });
            return button;
        }));
    }
    [...group.children].forEach((button, index) => {
        button.ariaChecked = String(choices[index][0] === chosen);
        button.tabIndex = choices[index][0] === chosen ? 0 : -1;
        button.onclick = () => choose(choices[index][0]);
        button.onkeydown = (event) => {
            const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
            if (!move) return;
            event.preventDefault();
            const next = (index + move + choices.length) % choices.length;
            choose(choices[next][0]);
            group.children[next].focus();
        };
    });
}

function startTour(view) {
    const steps = view.data.stages.map((each) => each.id);
    view.chosen = view.looked = null;
    const goOn = (number) => {
        const isLast = number === steps.length;
        showStage(view, steps[number % steps.length]);
        view.tour = isLast ? null : setTimeout(() => goOn(number + 1), STEP_LASTS);
        drawButtons(view);
    };
    goOn(1); // after the whole, which comes again in the end
}

function stopTour(view) {
    clearTimeout(view.tour);
    view.tour = null;
    drawButtons(view);
}

function showStage(view, stage) {
    view.stage = stage;
    drawButtons(view);
    look(view);
}

function draw(view, isNew = false) {
    const { svg, data: { flow } } = view;
    view.width = svg.clientWidth;
    if (!view.width) return;
    view.layout = layOut(view);
    const { height } = view.layout;
    svg.setAttribute("viewBox", `0 0 ${view.width} ${height}`);
    svg.style.height = `${height}px`;
    svg.ariaLabel = `The way of “${flow.text}” through the model. Arrow keys move, Enter keeps.`;
    view.parts = makeParts(view);
    view.lines = makeLines(view);
    view.parts.forEach((part) => listen(view, part));
    svg.replaceChildren(
        ...view.lines.map((line) => line.element), ...titles(view), ...view.parts.map((part) => part.element));
    if (isNew && !still.matches) svg.animate(ARRIVAL, { duration: 900, easing: "ease-out" });
    const same = (old) => old && view.parts.find((part) => part.id === old.id);
    view.chosen = same(view.chosen);
    view.looked = null;
    view.parts[0].element.setAttribute("tabindex", 0);
    look(view);
}

function listen(view, part) {
    const { element: shown } = part;
    shown.onpointerenter = (event) => event.pointerType === "mouse" && look(view, part);
    shown.onpointerleave = () => look(view);
    shown.onfocus = () => shown.matches(":focus-visible") && look(view, part);
    shown.onblur = () => look(view);
    shown.onclick = () => {
        stopTour(view);
        view.chosen = view.chosen === part ? null : part;
        look(view);
    };
    shown.onkeydown = (event) => {
        const next = neighbour(view.parts, part, event.key);
        if (event.key === "Enter" || event.key === " ") shown.onclick();
        else if (!next) return;
        event.preventDefault();
        if (!next) return;
        shown.setAttribute("tabindex", -1);
        next.element.setAttribute("tabindex", 0);
        next.element.focus();
    };
}

// The nearest part in the direction of an arrow key.
function neighbour(parts, { box }, key) {
    const [right, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [];
    if (right === undefined) return null;
    const far = (other) => {
        const [x, y] = [other.box.x - box.x, other.box.y - box.y];
        const along = x * right + y * down;
        return along > 1 ? along + 4 * Math.abs(right ? y : x) : Infinity;
    };
    const nearest = parts.toSorted((one, other) => far(one) - far(other))[0];
    return far(nearest) < Infinity ? nearest : null;
}

// Shows what belongs to the part that is looked at, and tells its numbers.
function look(view, part = null) {
    view.looked = part;
    const seen = part ?? view.chosen;
    view.svg.dataset.stage = view.stage;
    view.svg.classList.toggle("looking", Boolean(seen));
    for (const line of view.lines) {
        line.isShown = !line.head || !view.head || line.head === view.head;
        line.isTouched = Boolean(seen) && touches(seen, line);
        line.element.classList.toggle("other-head", !line.isShown);
        line.element.classList.toggle("touched", line.isTouched);
    }
    for (const each of view.parts) {
        each.element.classList.toggle("active", each === seen);
        each.element.ariaPressed = String(each === view.chosen);
    }
    const stage = view.data.stages.find((each) => each.id === view.stage);
    view.find(".reading p").textContent = seen ? sentence(view, seen) : stage.text;
    const door = view.data.stages.find((each) => each.id === doorOf(view).stage).door;
    view.find(".open").textContent = `${door} →`;
    scatterPoints(view);
}

function touches({ kind, lane, level, index }, line) {
    const here = `${lane},${index}`;
    if (kind === "choice") return line.target === `choice,${index}`;
    if (kind === "token") return line.source === here || line.target === here;
    return line.level === level && line.target === here;
}

// The page of what is looked at, or of the stage.
function doorOf({ looked, chosen, stage, head }) {
    const seen = looked ?? chosen;
    if (!seen) return { stage };
    if (seen.kind !== "strip") return { stage: seen.kind === "token" ? "tokens" : "answer" };
    if (!seen.level) return { stage: "embeddings" };
    return { stage: stage === "blocks" ? "blocks" : "attention", lane: seen.lane, layer: seen.level, head };
}

function sentence(view, { kind, lane: number, level, index }) {
    const { data: { flow } } = view;
    const lane = flow.lanes[number];
    const name = kind === "choice" ? flow.choices[index] : lane.tokens[index];
    const quoted = `“${bare(name)}”`;
    if (kind === "choice") return `${quoted}: ${(100 * flow.probabilities[index]).toFixed(2)}%.`;
    if (kind === "token") {
        return `${quoted} is token ${lane.first + index + 1} of ${lane.length} and number `
            + `${lane.token_ids[index].toLocaleString("en")} of the vocabulary.`;
    }
    const values = lane.values[level][index].map((value) => value.toFixed(2).replace("-", "−")).join(", ");
    const numbers = `${flow.hidden_dim} numbers, the first ${lane.values[0][0].length}: ${values}.`;
    if (!level) return `${quoted} as ${numbers}`;
    const takes = told(view, lane.self_attention[level - 1], index, lane.tokens);
    const read = lane.cross_attention
        ? `; of what was read, ${told(view, lane.cross_attention[level - 1], index, flow.lanes[0].tokens)}` : "";
    const whose = view.head ? `head ${view.head}` : "the mean of all heads";
    return `${quoted} in block ${level}, ${whose}: it takes ${takes}${read}. Then ${numbers}`;
}

// From which tokens the most is taken.
function told(view, scores, target, names) {
    const heads = view.head ? [scores[view.head - 1]] : scores;
    const shares = names.map((name, source) =>
        [bare(name), heads.reduce((sum, rows) => sum + rows[target][source], 0) / heads.length]);
    return shares.toSorted((one, other) => other[1] - one[1]).slice(0, 3)
        .map(([name, share]) => `${percent(share)} from “${name}”`).join(", ");
}

