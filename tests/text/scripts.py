"""A few sentences in each of six scripts, for tests of what reads text."""

SCRIPTS = {
    "Latin": "The cat's toys, all 3.5 kg of them, were lost. Ça coûte 12 €; naïve façade!",
    "Devanagari": "क्या आप हिन्दी पढ़ते हैं? यह किताब उस किताब से पुरानी है।",
    "Arabic": "هل تقرأ العربية؟ هَذَا كِتَابٌ قديم، وذلك جديد.",
    "Chinese": "我们是朋友。去年冬天下了很大的雪，所以我们在家里读书。",
    "Thai": "เมื่อวานนี้ฉันไปตลาดกับแม่เพื่อซื้อผักและผลไม้",
    "mixed": "👩‍👩‍👧 says hi 🇮🇳 𝔘nicode e\u0301\u0323 x\u030c ½ ﬁ 한국어 𠀋!",
}
