// What is asked and shown for each task.

const titled = (title) => (find(".say h2").textContent = title);
const firstText = (usual) => data.examples.find((each) => typeof each === "string") ?? usual;
const textExamples = (onChoose) =>
    examples(data.examples.filter((each) => typeof each === "string").map((text) => [text, text]), onChoose);

// A page with one text, which is read while it is typed.
function textPage(label, usual, doing) {
    const read = () => begin((signal) => doing(area.value, signal));
    const area = field("text", label, firstText(usual), read);
    textExamples((text) => {
        area.value = text;
        read();
    });
    read();
    return read;
}

function selfAttention(attention, ids) {
    const names = labelsOf(ids);
    const isDecoder = c.architecture === "decoder-only";
    const [title, stack] = isDecoder ? ["Masked self-attention", "decoder"] : ["Self-attention", "encoder"];
    return [attention.kind(title, stack, "self_attention", c, names, names)];
}

function needText(text, words) {
    if (!text.trim()) throw new Told(words);
}

function classification() {
    titled("Which class it is");
    textPage("Your text", "This was not bad at all.", async (text, signal) => {
        needText(text, "Type a text to classify.");
        const attention = new Attention();
        const { ids, probabilities: shares } = await engine.classify(text, attention.trace);
        if (signal.isOver) return;
        showClasses(shares, "Probability of each class");
        showTokens([["It reads", ids]]);
        showAttention(selfAttention(attention, ids));
    });
}

function images() {
    titled("What it sees");
    find(".reading").hidden = true;
    find(".drawing").hidden = false;
    const side = c.image_size;
    const patches = (side / c.patch_size) ** 2;
    const across = side / c.patch_size;
    const names = ["[CLS]", ...Array.from({ length: patches }, (_, index) => `${Math.floor(index / across) + 1},${(index % across) + 1}`)];
    const look = (pixels) => begin(async (signal) => {
        const attention = new Attention();
        const { probabilities: shares } = await engine.classify(pixels, attention.trace);
        if (signal.isOver) return;
        showClasses(shares, "Probability of each class");
        const picture = Array.from({ length: side }, (_, row) => Array.from(pixels.slice(row * side, (row + 1) * side)));
        showAttention([attention.kind("Self-attention", "encoder", "self_attention", c, names, names)], picture);
    });
    draw({ size: side }, look);
    find(".note").textContent = "Draw with a mouse, a finger or the keyboard: the arrow keys move, space puts the pen down and lifts it.";
    look(new Float32Array(side * side));
}

function tagging() {
    titled("Word by word");
    find(".answer").hidden = false;
    textPage("Your text", "Ada Lovelace lived in London.", async (text, signal) => {
        needText(text, "Type a text whose words are tagged.");
        const attention = new Attention();
        const found = await engine.tag(text, attention.trace);
        if (signal.isOver) return;
        const tags = found.words.map(({ probabilities: shares }) => data.labels[likeliest(shares, 1)[0]]);
        showMarked(found.text, spansOf(tags).map(([label, first, last]) => [found.words[first].place[0], found.words[last].place[1], label]));
        const words = found.words.map(({ place }) => found.text.slice(...place));
        const sure = found.words.map(({ probabilities: shares }) => Math.max(...shares));
        const notes = tags.map((tag, index) => `${tag}: ${percent(sure[index])}`);
        const shades = tags.map((tag, index) => (tag === "O" ? 0 : sure[index]));
        showChoices(words.map((word) => visible(word)), notes, shades, "Words", 0, (index) =>
            showClasses(found.words[index].probabilities, `Tags of “${visible(words[index])}”`));
        showTokens([["It reads", found.ids]]);
        showAttention(selfAttention(attention, found.ids));
    });
}

// Spans of tags as "B-" and "I-" mark them, or of other tags each word that has one.
function spansOf(tags) {
    const spans = [];
    const areMarked = tags.some((tag) => /^[BI]-./.test(tag));
    tags.forEach((tag, index) => {
        if (tag === "O" || (areMarked && !/^[BI]-./.test(tag))) return;
        const label = areMarked ? tag.slice(2) : tag;
        const before = spans.at(-1);
        if (tag.startsWith("I-") && before?.[0] === label && before[2] === index - 1) before[2] = index;
        else spans.push([label, index, index]);
    });
    return spans;
}

function maskedWords() {
    titled("What it fills in");
    find(".answer").hidden = false;
    textPage(`Your text, with ${MASK} where words are missing`, `The ${MASK} barked at the cat.`, async (text, signal) => {
        const attention = new Attention();
        const { ids, fillings } = await engine.fill(text, attention.trace, MOST_LIKELY);
        if (signal.isOver) return;
        const named = (id) => labelsOf([id])[0].replace(/^␣(?=.)/, "");
        const words = fillings.map(([{ id }]) => named(id));
        const [whole, parts] = [normalize(text).split(MASK), []];
        let filled = whole[0];
        words.forEach((word, index) => {
            parts.push([filled.length, filled.length + word.length]);
            filled += word + whole[index + 1];
        });
        showMarked(filled, parts);
        const sure = fillings.map(([{ probability }]) => probability);
        showChoices(words, sure.map((share) => `is ${percent(share)} likely`), sure, "Masks", 0, (index) => showLikely(
            fillings[index].map(({ id, probability }) => [named(id), probability]), `Words for mask ${index + 1}`));
        showTokens([["It reads", ids]]);
        showAttention(selfAttention(attention, ids));
    });
}

function answers() {
    titled("Its answer");
    find(".answer").hidden = false;
    find(".desk").classList.add("long");
    const asked = data.examples.filter((each) => each.question);
    const usual = asked[0] ?? { question: "Who has a dog?", context: "Ann has a cat. Tom has a dog." };
    const read = () => begin(async (signal) => {
        const attention = new Attention();
        const found = await engine.answer(question.value, passage.value, attention.trace);
        if (signal.isOver) return;
        showMarked(found.text, [found.place]);
        showLikely([[visible(found.answer), found.probability]], "Its answer, and how probable it is");
        showTokens([["It reads", found.ids]]);
        showAttention(selfAttention(attention, found.ids));
    });
    const question = field("question", "Question", usual.question, read);
    const passage = field("text", "Passage", usual.context, read);
    examples(asked.map((each) => [each.question, each]), (each) => {
        [question.value, passage.value] = [each.question, each.context];
        read();
    });
    read();
}

// ---- Models that write ----

// The likeliest tokens with their probabilities, a certain one among them.
function likelyWith(id, logits) {
    const shares = probabilities(logits);
    const best = likeliest(shares, MOST_LIKELY);
    if (!best.includes(id)) best.splice(-1, 1, id);
    return best.map((each) => [each, shares[each]]);
}

// Each token that was written, with the others that were likely in its place.
function showSteps(steps, rate) {
    const names = labelsOf(steps.map(({ id }) => id));
    const places = steps.map(({ id, likely }) => likely.findIndex(([each]) => each === id));
    const chances = steps.map(({ likely }, index) => likely[places[index]][1]);
    const notes = chances.map((chance) => `was ${percent(chance)} likely`);
    showChoices(names, notes, chances, "The tokens it writes", 0, (index) => showLikely(
        steps[index].likely.map(([id, share]) => [labelsOf([id])[0], share]), `What was likely as token ${index + 1}`, places[index]));
    find(".note").textContent = "Choose a token to see what else was likely in its place." +
        (rate ? ` ${rate.toFixed(0)} tokens a second.` : "");
}

// Writes after a prompt, and shows it as it goes.
async function write({ source, prompt }, signal, { temperature, most, onToken }) {
    const attention = new Attention();
    const steps = []; // of each token its id, and what was likely in its place
    let begun;
    for await (const { id, logits } of engine.generate(prompt, { source, temperature, most, trace: attention.trace })) {
        if (signal.isOver) return;
        begun ??= performance.now(); // the prompt is read
        steps.push({ id, likely: likelyWith(id, temperature ? logits.map((value) => value / temperature) : logits) });
        onToken(steps.map((step) => step.id));
        if (signal.isStopped) break;
    }
    showSteps(steps, (1000 * (steps.length - 1)) / (performance.now() - begun));
    const ids = steps.map(({ id }) => id);
    const names = labelsOf(ids);
    const fed = [...prompt, ...ids.slice(0, -1)];
    if (!source) {
        showTokens([["It reads", prompt], ["It writes", ids]]);
        showAttention(selfAttention(attention, fed));
        return;
    }
    showTokens([["It reads", source], ["It writes", ids]]);
    const [read, given] = [labelsOf(source), labelsOf(fed)];
    showAttention([
        attention.kind("Cross-attention", "decoder", "cross_attention", c, names, read),
        attention.kind("Encoder self-attention", "encoder", "self_attention", c, read, read),
        attention.kind("Masked self-attention", "decoder", "self_attention", c, given, given),
    ]);
}

function translation() {
    titled("Its translation");
    find(".answer").hidden = false;
    const temperature = warmth(0, () => read());
    const read = textPage("Your text", "Good morning.", (text, signal) => write(engine.translation(text), signal, {
        temperature: temperature(),
        most: engine.context,
        onToken: (ids) => (find(".answer").textContent = tokenizer.decode(ids)),
    }));
}

function languageModel() {
    titled("How it goes on");
    find(".answer").hidden = false;
    find(".desk").classList.add("long");
    const area = field("text", "The beginning", firstText("Once upon a time"), () => read());
    const temperature = warmth(0.8);
    const go = (most, isLive) => begin(async (signal) => {
        const begun = engine.beginning(area.value);
        await write(begun, signal, {
            temperature: isLive ? 0 : temperature(),
            most,
            onToken: (ids) => showMarked(tokenizer.decode([...begun.prompt, ...ids]), [[tokenizer.decode(begun.prompt).length, Infinity]]),
        });
    });
    const read = () => go(1, true);
    button("go", "Write", () => go(MOST_WRITTEN, false));
    textExamples((text) => {
        area.value = text;
        read();
    });
    read();
}

function chat() {
    titled("How it chose its words");
    find(".desk").classList.add("wide", "chat");
    const messages = [];
    const distress = new Distress(data.distress);
    const log = find(".log");
    log.hidden = false;
    const area = field("text", "Your message", "", () => {});
    const temperature = warmth(0);
    const say = (role, text) => {
        const line = Object.assign(document.createElement("p"), { className: role, textContent: text });
        log.append(line);
        log.scrollTop = log.scrollHeight;
        return line;
    };
    const anew = () => {
        cancel();
        messages.length = 0;
        log.replaceChildren();
        say("empty", "Say something. This is a small program that learned from examples, and it understands little.");
        for (const name of [".likely", ".written", ".reading", ".looking"]) find(name).hidden = true;
        find(".note").textContent = "Here you will see each token of the reply, and what else was likely.";
    };
    const send = (text) => {
        if (!text.trim()) return;
        area.value = "";
        log.querySelector(".empty")?.remove();
        say("user", text);
        const prepared = distress.answer(text);
        if (prepared) { // the model is not asked, and never reads it
            cancel();
            say("assistant", prepared);
            return;
        }
        messages.push({ role: "user", text });
        begin(async (signal) => {
            const read = engine.conversation(messages);
            const line = say("assistant", "");
            const reply = { role: "assistant", text: "" };
            messages.push(reply);
            for (const name of [".reading", ".looking"]) find(name).hidden = false;
            await write(read, signal, {
                temperature: temperature(),
                most: MOST_WRITTEN,
                onToken: (ids) => {
                    line.textContent = reply.text = tokenizer.decode(ids).trimStart();
                    log.scrollTop = log.scrollHeight;
                },
            });
            if (read.forgotten) find(".note").append(` The oldest ${read.forgotten} messages no longer fit into what it reads.`);
        });
    };
    area.onkeydown = (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        send(area.value);
    };
    button("go", "Send", () => send(area.value));
    button("clear", "Start anew", anew);
    textExamples(send);
    anew();
}

const PAGES = {
    classification, images, tagging, answers, translation, chat, "masked-words": maskedWords, "language-model": languageModel,
};
