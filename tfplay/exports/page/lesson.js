// A lesson over the page: words, what to do, a guess before its answer, and the ways between steps.

const LONGEST_TOLD = 400; // characters
const shownText = (text) => (text ? visible(text, LONGEST_TOLD) : "");

function takeLesson({ title, steps }) {
    const bar = find(".lesson");
    const guesses = {};
    let now = 0;

    function show(number) {
        now = number;
        const step = steps[now];
        find(".lesson .words").textContent = shownText(step.words);
        find(".lesson .press").textContent = step.part ? shownText(step.press) : `To see it, open the page “${step.page}” of TFPlay.`;
        find(".lesson .where").textContent = `${shownText(title)} · ${now + 1} of ${steps.length}`;
        find(".lesson .back").disabled = now === 0;
        find(".lesson .next").disabled = now === steps.length - 1;
        ask();
        if (step.part) look(step);
    }

    function ask() {
        const question = steps[now].question;
        const made = guesses[now];
        find(".lesson .guess").hidden = !question || made !== undefined;
        find(".lesson .verdict").textContent = "";
        if (!question) return;
        find(".lesson .asks").textContent = shownText(question.asks);
        find(".lesson .choices").replaceChildren(...question.choices.map((choice) => {
            const button = Object.assign(document.createElement("button"), { type: "button", textContent: shownText(choice) });
            button.onclick = () => {
                guesses[now] = choice;
                ask();
                find(".lesson .next").focus();
            };
            return button;
        }));
        if (made === undefined) return;
        const verdict = made === question.answer ? "Right" : `You guessed “${shownText(made)}”`;
        const [asks, answer, feedback] = [question.asks, question.answer, question.feedback].map(shownText);
        find(".lesson .verdict").textContent = `${asks} ${verdict}: it is “${answer}”. ${feedback}`;
    }

    // The step's text is read, as if somebody had typed it, and its head opened.
    function look({ text, second, head, part }) {
        if (head) wantHead(head);
        const areas = [[".field.text textarea", text], [".field.question textarea", second]];
        for (const [name, value] of areas) {
            if (!value) continue;
            find(name).value = value;
            find(name).dispatchEvent(new Event("input"));
        }
        find(`.${part}`).scrollIntoView();
    }

    find(".lesson .back").onclick = () => show(now - 1);
    find(".lesson .next").onclick = () => show(now + 1);
    bar.hidden = false;
    show(0);
    scrollTo(0, 0);
}

if (data.lesson) takeLesson(data.lesson);
