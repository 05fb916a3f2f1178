from tfplay.figures import gradient_profile


def test_a_line_for_each_run_with_its_parts_by_name_on_a_logarithmic_scale():
    norms = {"embeddings": 0.2, "decoder_block_0": 0.3, "head": 0.1}
    figure = gradient_profile({"intact": norms, "<b>broken": norms})
    assert [line.name for line in figure.data] == ["intact", "&lt;b&gt;broken"]
    assert figure.data[0].x == ("embeddings", "decoder 1", "head")
    assert figure.data[0].y == (0.2, 0.3, 0.1)
    assert figure.layout.yaxis.type == "log"


def test_a_gradient_of_0_has_no_place_on_a_logarithmic_scale():
    [line] = gradient_profile({"broken": {"embeddings": 0.0, "head": 0.1}}).data
    assert line.y == (None, 0.1)
