// Rows of tokens, one for each tokenizer. What covers the same characters lights up in every row.

export default function ({ parentElement, data }) {
    const rows = parentElement.querySelector(".rows");
    const status = parentElement.querySelector(".status");
    const all = [];

    const light = (chosen) => {
        const start = chosen ? Number(chosen.dataset.start) : 0;
        const end = chosen ? Number(chosen.dataset.end) : 0;
        for (const token of all) {
            const overlaps = Number(token.dataset.start) < end && start < Number(token.dataset.end);
            token.classList.toggle("lit", token === chosen || overlaps);
        }
        status.textContent = chosen?.ariaLabel ?? data.hint;
    };
    const step = (event, tokens, index) => {
        const forward = event.key === "ArrowRight" || event.key === "ArrowDown";
        const back = event.key === "ArrowLeft" || event.key === "ArrowUp";
        const next = tokens[index + (forward ? 1 : back ? -1 : NaN)];
        if (!next) return;
        event.preventDefault();
        tokens[index].tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
    };
    const draw = (row) => {
        const section = document.createElement("section");
        const heading = section.appendChild(document.createElement("p"));
        heading.className = "heading";
        heading.appendChild(document.createElement("strong")).textContent = row.name;
        heading.appendChild(document.createElement("span")).textContent = row.note;
        const list = section.appendChild(document.createElement("div"));
        list.className = "tokens";
        list.dir = "auto";
        list.role = "list";
        list.ariaLabel = row.name;
        const tokens = row.tokens.map(([text, id, start, end, mark], index) => {
            const token = list.appendChild(document.createElement("span"));
            token.textContent = text;
            token.className = `token ${mark}`;
            token.role = "listitem";
            token.tabIndex = index ? -1 : 0;
            token.ariaLabel = `${text}, id ${id}${mark ? `, ${mark}` : ""}`;
            Object.assign(token.dataset, { id, start, end });
            token.onmouseenter = token.onfocus = () => light(token);
            token.onmouseleave = token.onblur = () => light(null);
            if (text.includes("⏎")) list.appendChild(document.createElement("i")).ariaHidden = true;
            return token;
        });
        tokens.forEach((token, index) => (token.onkeydown = (event) => step(event, tokens, index)));
        all.push(...tokens);
        return section;
    };
    rows.replaceChildren(...data.rows.map(draw));
    light(null);
}
