import numpy as np
import pytest

from tests.tasks.small_models import learn, prepare
from tfplay.errors import InputError
from tfplay.tasks.images.task import ImagesTask, classify_images
from tfplay.text import LabelledImage


def bars(size=9, channels=1, count=120):
    """A bright bar across a noisy picture: lying or standing."""
    random = np.random.default_rng(0)
    images = []
    for index in range(count):
        pixels = random.uniform(0, 0.3, size=(size, size, channels)).astype("float32")
        place = random.integers(2, size - 2)
        if index % 2:
            pixels[place] = 1
        else:
            pixels[:, place] = 1
        images.append(LabelledImage(pixels, "lying" if index % 2 else "standing"))
    return images


@pytest.fixture(scope="module")
def trained():
    return learn(ImagesTask, prepare(ImagesTask, bars()), steps=150, patch_size=3)


@pytest.mark.parametrize(("size", "channels"), [(9, 1), (6, 3)])
def test_the_data_decide_the_size_of_the_pictures(size, channels):
    data = prepare(ImagesTask, bars(size, channels, count=10))
    model = learn(ImagesTask, data, steps=0, patch_size=3).model
    assert (model.config.image_size, model.config.image_channels) == (size, channels)
    assert model.config.max_sequence_length == (size // 3) ** 2 + 1


def test_a_model_learns_to_tell_pictures_apart(trained):
    scores = ImagesTask.evaluate(trained, bars(count=60))
    assert set(scores) == {"accuracy", "macro_f1"}
    assert min(scores.values()) > 0.9


def test_probabilities_sum_to_one_alone_and_among_others(trained):
    images = [image.pixels for image in bars(count=7)]
    together = classify_images(trained, images)
    for answer in together:
        assert sorted(answer) == ["lying", "standing"]
        assert sum(answer.values()) == pytest.approx(1, abs=1e-5)
    assert classify_images(trained, images[3:4])[0] == pytest.approx(together[3], abs=1e-5)


def test_a_picture_taller_than_the_model_has_patches_is_read():
    data = prepare(ImagesTask, bars(size=10, count=10))
    model = learn(ImagesTask, data, steps=0, patch_size=5)
    assert model.context == 5
    assert len(classify_images(model, [bars(size=10)[0].pixels])) == 1


def test_equal_pictures_stay_on_one_side():
    data = prepare(ImagesTask, bars(count=20) * 3, validation_fraction=0.3)
    trained_on = {image.pixels.tobytes() for image in data.training}
    assert trained_on.isdisjoint(image.pixels.tobytes() for image in data.validation)


def test_a_picture_of_another_size_is_refused(trained):
    with pytest.raises(InputError, match="is 6 x 6 x 1; this model reads 9 x 9 x 1"):
        classify_images(trained, [np.zeros((6, 6, 1))])


def test_an_unknown_class_is_refused(trained):
    with pytest.raises(InputError, match="There is no class 'dot'; there are lying, standing"):
        ImagesTask.evaluate(trained, [LabelledImage(np.zeros((9, 9, 1), "float32"), "dot")])


def test_one_class_for_everything_is_refused():
    with pytest.raises(InputError, match="All pictures show 'lying'"):
        prepare(ImagesTask, [image for image in bars() if image.label == "lying"])
