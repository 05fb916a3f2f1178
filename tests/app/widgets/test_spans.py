from tfplay.app.widgets.spans import MarkedSpan, legend_html, spans_html


def test_spans_are_marked_in_their_places():
    html = spans_html("Ada lives in Rome.", [MarkedSpan(0, 3, "PER"), MarkedSpan(13, 17, "LOC", 1)])
    assert '<mark class="span color-0">Ada<small>PER</small></mark> lives in ' in html
    assert html.endswith('<mark class="span color-1">Rome<small>LOC</small></mark>.</p>')


def test_text_and_labels_never_become_markup():
    html = spans_html("<b>x</b>", [MarkedSpan(3, 4, "<i>")]) + legend_html(["<u>"])
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<u>" not in html
    assert "&lt;b&gt;<mark" in html
