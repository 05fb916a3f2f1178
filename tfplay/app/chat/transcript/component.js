// What was said, with what can be done about each turn; a choice is sent as the trigger "request".
// Texts are only ever set as textContent, so that nothing in them becomes markup.

const LONGEST_MESSAGE = 20_000; // as the server takes them: tfplay/app/chat/requests.py
const SPEAKERS = { user: "You", assistant: "The model" };
const ACTIONS = {
    edit: "Edit",
    reply: "Reply",
    regenerate: "Regenerate",
    copy: "Copy",
    xray: "X-ray",
    remove: "Delete",
};

export default function ({ parentElement, data, setTriggerValue }) {
    const root = parentElement.querySelector(".transcript");
    const tell = (request) => setTriggerValue("request", request);
    const given = JSON.stringify(data);
    if (root.given !== given) {
        root.given = given; // otherwise what is being edited stays
        const focused = root.getRootNode().activeElement?.dataset.name;
        const earlier = data.earlier ? [showEarlier(data.earlier, tell)] : [];
        const turns = data.turns.flatMap((turn, place) => drawTurn(turn, place, tell));
        root.replaceChildren(...earlier, ...turns);
        if (focused) root.querySelector(`[data-name="${focused}"]`)?.focus();
        if (data.growing) root.lastElementChild?.scrollIntoView({ block: "center" });
    }
    return data.growing ? whenStopped(() => tell({ do: "look" })) : undefined;
}

function element(tag, className, text = "", properties = {}) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return Object.assign(made, properties);
}

function button(label, name, onclick, properties = {}) {
    const made = element("button", "", label, { type: "button", onclick, ...properties });
    made.dataset.name = name;
    return made;
}

function showEarlier(count, tell) {
    const label = `Show earlier messages (${count})`;
    const row = element("p", "earlier");
    row.append(button(label, "earlier", () => tell({ do: "earlier" })));
    return row;
}

function drawTurn(turn, place, tell) {
    const row = element("article", `turn ${turn.role}`, "", {
        ariaLabel: turn.speaker || SPEAKERS[turn.role],
    });
    const text = element("div", "text", turn.text, { dir: "auto" });
    const foot = element("div", "foot");
    if (turn.siblings.length > 1) foot.append(walkBranches(turn, place, tell));
    if (turn.facts) foot.append(element("span", "facts", turn.facts));
    for (const action of turn.actions) {
        const name = `${action} ${place}`;
        const made = button(ACTIONS[action], name, () => act(action, turn, row, made, tell));
        if (action === "xray") made.ariaExpanded = String(turn.xray);
        foot.append(made);
    }
    const doubt = turn.doubt ? [element("p", "doubt", turn.doubt)] : [];
    row.append(text, ...doubt, foot);
    const mark = turn.mark ? [element("p", "mark", turn.mark)] : [];
    return [...mark, row];
}

function walkBranches(turn, place, tell) {
    const now = turn.siblings.indexOf(turn.id);
    const step = (label, sibling, meaning) =>
        button(label, `${meaning} ${place}`, () => tell({ do: "show", turn: sibling }), {
            ariaLabel: `${meaning} version`,
            disabled: sibling === undefined,
        });
    const walk = element("span", "walk");
    walk.append(
        step("‹", turn.siblings[now - 1], "Previous"),
        `${now + 1}/${turn.siblings.length}`,
        step("›", turn.siblings[now + 1], "Next"),
    );
    return walk;
}

function act(action, turn, row, pressed, tell) {
    if (action === "copy") {
        copy(turn.raw, row).then(() => flash(pressed, "Copied"));
    } else if (action === "edit") {
        edit(turn, row, tell);
    } else if (action === "remove" && !pressed.isAsked) {
        pressed.isAsked = true;
        pressed.textContent = "Delete for good?";
        pressed.onblur = () => {
            pressed.isAsked = false;
            pressed.textContent = ACTIONS.remove;
        };
    } else {
        tell({ do: action, turn: turn.id });
    }
}

function edit(turn, row, tell) {
    const before = [...row.children];
    const box = element("textarea", "", "", { value: turn.raw, ariaLabel: "Edit your message", maxLength: LONGEST_MESSAGE });
    box.rows = Math.min(12, turn.raw.split("\n").length + 1);
    const cancel = () => row.replaceChildren(...before);
    const send = () => tell({ do: "edit", turn: turn.id, text: box.value });
    box.onkeydown = (event) => {
        if (event.key === "Escape") cancel();
        if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            send();
        }
    };
    const foot = element("div", "foot editing");
    foot.append(button("Send", "send", send), button("Cancel", "cancel", cancel));
    row.replaceChildren(box, foot);
    box.focus();
}

// Without https there is no clipboard to write to; there what is selected can be copied.
async function copy(text, row) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const box = element("textarea", "", "", { value: text });
    row.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
}

function flash(pressed, label) {
    const before = pressed.textContent;
    pressed.textContent = label;
    setTimeout(() => (pressed.textContent = before), 1500);
}

// The stop button of the input ends the page's run without another, which would show what there is.
function whenStopped(callback) {
    const app = document.querySelector('[data-testid="stApp"]');
    const isIdle = () => app.dataset.testScriptState === "notRunning";
    let waiting;
    const observer = new MutationObserver(() => {
        clearTimeout(waiting);
        if (isIdle()) waiting = setTimeout(callback, 300); // a rerun would have begun by then
    });
    observer.observe(app, { attributeFilter: ["data-test-script-state"] });
    return () => {
        clearTimeout(waiting);
        observer.disconnect();
    };
}
