"""How words become clauses, and clauses become reviews.

A slot in braces is filled by a word or by a clause. The polarity of a pattern goes down to its
slots: what fills "{adj}" praises when the whole praises, what fills "{other_adj}" blames. In the
tables called FLIP it is turned round first: "{subject} {was} not {gentle}" praises with a bad word.

Slots:
    subject, was, is: what is judged, and a form of "be" that agrees with it.
    thing, things, this: the whole, without an article, in the plural, with one.
    adj, gentle, strong, more: any adjective, a comparable one, an extreme one, a comparative.
    noun, quality, love, loved: of the other word classes of the lexicon.
    hoped: "hoped" before what is good, "feared" before what is bad.
    very, entirely: an adverb before gentle and before strong adjectives.
    judgement, statement, exclamation, experience, fact: clauses.
"""

# Statements that anyone could make, about a subject.
JUDGEMENTS_KEEP = (
    *4 * ("{subject} {was} {adj}",),  # the plainest is the most frequent
    "{subject} {was} {entirely} {strong}",
    "{subject} {was} {very} {gentle}",
    "{subject} turned out to be {adj}",
    "everyone called {subject} {adj}",
    "everything {was} {adj}",
    "everything about {this} {was} {adj}",
    "{subject} {was} as {gentle} as I had {hoped}",
    "{subject} {was} even {more} than I had {hoped}",
    "{subject} could not have been {more}",
    "{subject} {was} both {gentle} and {gentle}",
    "{subject} {was} {gentle} rather than {other_gentle}",
    "{subject} {was} not {other_gentle} but {gentle}",
    "{subject} {was} {gentle} and never {other_gentle}",
    "{subject} {was} more {adj} than {other_adj}",
    "no other {thing} is {more}",
    "you will hardly find a {more} {thing}",
    "{this} is a {noun}",
    "{this} was a {noun} from start to finish",
    "{this} was a {noun} rather than a {other_noun}",
    "{this} is full of {quality}",
    "{this} has plenty of {quality}",
    "{this} has more {quality} than {other_quality}",
)
JUDGEMENTS_FLIP = (
    "{subject} {was} not {gentle}",
    "{subject} {was}n't {gentle}",
    "{subject} {was} not {gentle} at all",
    "{subject} {was} never {gentle}",
    "{subject} {was} not in the least {gentle}",
    "{subject} {was} anything but {adj}",
    "{subject} {was} far from {adj}",
    "{subject} {was} by no means {adj}",
    "{subject} {was} hardly {adj}",
    "nobody would call {subject} {adj}",
    "nothing {was} {adj}",
    "nothing about {this} {was} {adj}",
    "{subject} {is} not what I would call {adj}",
    "{subject} {was} neither {gentle} nor {gentle}",
    "{subject} {was} not as {gentle} as I had {hoped}",
    "{subject} {was} less {gentle} than I had {hoped}",
    "other {things} are {more}",
    "there are far {more} {things}",
    "{this} is hardly a {noun}",
    "{this} is no {noun}",
    "{this} was not the {noun} that I had expected",
    "{this} was anything but a {noun}",
    "{this} has no {quality}",
    "{this} lacks {quality}",
    "there was not a trace of {quality} in {this}",
)

# Statements about oneself.
FEELINGS_KEEP = (
    "I {loved} {subject}",
    "I {love} {this}",
    "we all {loved} {subject}",
    "everybody {loved} {subject}",
    "I found {subject} {adj}",
    "it is easy to {love} {subject}",
    "there is every reason to {love} {subject}",
    "I expected a {other_noun} and got a {noun}",
    "I can only {love} {subject}",
    *2 * ("{experience}",),
)
FEELINGS_FLIP = (
    "I did not {love} {subject}",
    "I didn't {love} {this}",
    "I do not {love} {this}",
    "I never {loved} {subject}",
    "nobody {loved} {subject}",
    "it is hard to {love} {subject}",
    "I see no reason to {love} {subject}",
    "I could not find {subject} {adj}",
    "I would not call {subject} {adj}",
    "I would not say that {subject} {was} {adj}",
    "I looked for {quality} in vain",
)

# Whole reviews.
FRAMES_PLAIN = (
    "{statement}",
    *4 * ("{statement}.",),
    "{statement}!",
    "{exclamation}.",
    "{exclamation}!",
    "honestly, {statement}.",
    "in my opinion, {statement}.",
    "all in all, {statement}.",
    "to be fair, {statement}.",
    "{fact}, and {statement}.",
    "{fact}. {statement}.",
    "{statement}. {exclamation}!",
    "{exclamation}! {statement}.",
    "{statement}, and {statement}.",
    "{statement}. {statement}.",
    "I must say that {judgement}.",
    "there is no doubt that {judgement}.",
    "some say that {judgement}, and they are right.",
    "they told me that {judgement}, and it is true.",
)
FRAMES_CONTRAST = (
    "{other_statement}, but {statement}.",
    "{other_statement} but {statement}.",
    "{other_statement}, yet {statement}.",
    "{other_statement}. However, {statement}.",
    "{other_statement}. Still, {statement}.",
    "at first {other_judgement}, but in the end {judgement}.",
    "it may be true that {other_judgement}, but {statement}.",
    "I admit that {other_judgement}; nevertheless {statement}.",
    "although {other_judgement}, {statement}.",
    "even though {other_judgement}, {statement}.",
    "{statement}, although {other_judgement}.",
    "{statement}, even though {other_judgement}.",
    "you may think that {other_judgement}, but {statement}.",
    "I wanted to {other_love} {this}, but {statement}.",
    "I had expected a {other_noun}, but {statement}.",
    "I {other_hoped} that it would be {other_adj}, but {statement}.",
    "what looked {other_gentle} at first was {adj} in the end.",
    "I came for a {other_noun} and left with a {noun}.",
)
FRAMES_FLIP = (
    "some say that {judgement}; I disagree.",
    "they told me that {judgement}, but they were wrong.",
    "I had read that {judgement}, but that is not true.",
    "it is simply wrong to say that {judgement}.",
    "I cannot agree that {judgement}.",
    "I would be lying if I said that {judgement}.",
)
