"""Tasks: examples from a file -> arrays -> what a model learns -> its answer and its score."""

from tfplay.tasks.answering import Answer, answer
from tfplay.tasks.answers import AnswersTask
from tfplay.tasks.base import ExampleData, Task, TaskData, TrainedModel
from tfplay.tasks.batches import IGNORED, Batch, TrainingData
from tfplay.tasks.chat import ChatTask
from tfplay.tasks.classification import ClassificationTask, classify
from tfplay.tasks.effects import (
    answer_effects,
    class_effects,
    entity_effects,
    mask_effects,
    patch_effects,
)
from tfplay.tasks.filling import Candidate, cloze_accuracy, fill
from tfplay.tasks.images import ImagesTask, classify_images
from tfplay.tasks.language_model import LanguageModelData, LanguageModelTask
from tfplay.tasks.masked_words import MaskedWordsTask
from tfplay.tasks.samples import Sample
from tfplay.tasks.scores import translation_scores
from tfplay.tasks.tagger import Entity, Tags, tag
from tfplay.tasks.tagging import TaggingTask
from tfplay.tasks.translation import TranslationTask
from tfplay.tasks.translation_fit import check_pairs
from tfplay.tasks.translation_parts import join_parts, split_to_fit, translate_texts
from tfplay.tasks.translation_trace import TranslationTrace, look_inside
from tfplay.tasks.translation_troubles import Troubles, find_troubles
from tfplay.tasks.translator import ScoredText, Translation, translate
from tfplay.tasks.word_effects import WordEffects, word_attention

TASKS: dict[str, type[Task]] = {
    task.name: task
    for task in (
        TranslationTask,
        ChatTask,
        LanguageModelTask,
        ClassificationTask,
        TaggingTask,
        MaskedWordsTask,
        AnswersTask,
        ImagesTask,
    )
}
"""Every task, by its name."""

__all__ = [
    "IGNORED",
    "TASKS",
    "Answer",
    "AnswersTask",
    "Batch",
    "Candidate",
    "ChatTask",
    "ClassificationTask",
    "Entity",
    "ExampleData",
    "ImagesTask",
    "LanguageModelData",
    "LanguageModelTask",
    "MaskedWordsTask",
    "Sample",
    "ScoredText",
    "TaggingTask",
    "Tags",
    "Task",
    "TaskData",
    "TrainedModel",
    "TrainingData",
    "Translation",
    "TranslationTask",
    "TranslationTrace",
    "Troubles",
    "WordEffects",
    "answer",
    "answer_effects",
    "class_effects",
    "check_pairs",
    "classify",
    "classify_images",
    "cloze_accuracy",
    "entity_effects",
    "fill",
    "find_troubles",
    "join_parts",
    "look_inside",
    "split_to_fit",
    "tag",
    "translate",
    "translate_texts",
    "translation_scores",
    "mask_effects",
    "patch_effects",
    "tag",
    "translate",
    "word_attention",
]
