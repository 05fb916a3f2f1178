"""Tasks: examples from a file -> arrays -> loss and metrics -> answers and scores."""

from tfplay.tasks.answers.answer import PassageAnswer, answer, text_asked
from tfplay.tasks.answers.effects import answer_effects
from tfplay.tasks.answers.task import AnswersTask
from tfplay.tasks.base import Task
from tfplay.tasks.batches import IGNORED, Batch, TrainingData
from tfplay.tasks.chat.task import ChatTask
from tfplay.tasks.classification.classify import classify
from tfplay.tasks.classification.effects import class_effects
from tfplay.tasks.classification.task import ClassificationTask
from tfplay.tasks.data import ExampleData, TaskData
from tfplay.tasks.description import TaskDescription
from tfplay.tasks.doubts import doubts_about
from tfplay.tasks.images.task import ImagesTask, classify_images, patch_effects, read_picture
from tfplay.tasks.judging import (
    answer_apart,
    judge_continuation,
    judge_translation,
    learn_trust,
)
from tfplay.tasks.language_model.task import LanguageModelData, LanguageModelTask
from tfplay.tasks.masked_words.effects import mask_effects
from tfplay.tasks.masked_words.fill import Candidate, cloze_accuracy, fill, judge_filled
from tfplay.tasks.masked_words.task import MaskedWordsTask
from tfplay.tasks.measuring import read_by_decoder, training_examples, validation_sample
from tfplay.tasks.reading import Reading
from tfplay.tasks.samples import Sample
from tfplay.tasks.sampling import sample_data
from tfplay.tasks.scores import translation_scores
from tfplay.tasks.tagging.effects import entity_effects
from tfplay.tasks.tagging.tag import Entity, Tags, tag
from tfplay.tasks.tagging.task import TaggingTask
from tfplay.tasks.trained_model import TrainedModel
from tfplay.tasks.translation.fit import check_pairs
from tfplay.tasks.translation.parts import join_parts, split_to_fit, translate_texts
from tfplay.tasks.translation.task import TranslationTask
from tfplay.tasks.translation.trace import TranslationTrace, look_inside
from tfplay.tasks.translation.translate import ScoredText, Translation, translate
from tfplay.tasks.translation.troubles import Troubles, find_troubles
from tfplay.tasks.word_effects import WordEffects, word_attention

TASKS: dict[str, type[Task]] = {
    task.about.name: task
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
    "PassageAnswer",
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
    "Reading",
    "Sample",
    "ScoredText",
    "TaggingTask",
    "Tags",
    "Task",
    "TaskData",
    "TaskDescription",
    "TrainedModel",
    "TrainingData",
    "Translation",
    "TranslationTask",
    "TranslationTrace",
    "Troubles",
    "WordEffects",
    "answer",
    "answer_apart",
    "answer_effects",
    "class_effects",
    "check_pairs",
    "classify",
    "classify_images",
    "cloze_accuracy",
    "doubts_about",
    "entity_effects",
    "fill",
    "find_troubles",
    "join_parts",
    "judge_continuation",
    "judge_filled",
    "judge_translation",
    "learn_trust",
    "look_inside",
    "split_to_fit",
    "tag",
    "text_asked",
    "translate",
    "translate_texts",
    "translation_scores",
    "mask_effects",
    "patch_effects",
    "read_by_decoder",
    "read_picture",
    "sample_data",
    "training_examples",
    "validation_sample",
    "word_attention",
]
