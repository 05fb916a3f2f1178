"""Makes the golden arrays that our families are compared with, by PyTorch and `transformers`.

They are no dependency of this project: run it with a Python that has both, from the repository's
top level, `PYTHONPATH=. python tests/checkpoints/make_golden.py`.
"""

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import safetensors
import torch
import transformers
from safetensors.numpy import save_file

from tests.checkpoints.published import GOLDEN, made_up_weights

DECODER = {
    "vocab_size": 101,
    "hidden_size": 24,
    "intermediate_size": 44,
    "num_hidden_layers": 3,
    "num_attention_heads": 6,
    "num_key_value_heads": 2,
    "max_position_embeddings": 64,
    "bos_token_id": None,
    "eos_token_id": None,
    "pad_token_id": None,
}
ENCODER = {
    "vocab_size": 101,
    "hidden_size": 24,
    "intermediate_size": 44,
    "num_hidden_layers": 2,
    "num_attention_heads": 3,
    "max_position_embeddings": 32,
}
SIDES = {
    "vocab_size": 101,
    "d_model": 24,
    "encoder_layers": 2,
    "decoder_layers": 2,
    "encoder_attention_heads": 3,
    "decoder_attention_heads": 3,
    "encoder_ffn_dim": 44,
    "decoder_ffn_dim": 44,
    "max_position_embeddings": 64,
    "pad_token_id": 0,
    "bos_token_id": None,
    "eos_token_id": None,
    "decoder_start_token_id": 0,
    "forced_eos_token_id": None,
}
GPT2 = {
    "vocab_size": 101,
    "n_embd": 24,
    "n_layer": 3,
    "n_head": 3,
    "n_positions": 64,
    "bos_token_id": None,
    "eos_token_id": None,
}
T5 = {
    "vocab_size": 101,
    "d_model": 24,
    "d_kv": 10,
    "d_ff": 44,
    "num_layers": 2,
    "num_heads": 3,
    "relative_attention_num_buckets": 8,
    "relative_attention_max_distance": 12,
    "pad_token_id": 0,
    "eos_token_id": None,
    "decoder_start_token_id": 0,
}
LLAMA3 = {
    "rope_type": "llama3",
    "rope_theta": 10_000.0,
    "factor": 4.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 16,
}
MODELS = {
    "bert": ("BertForMaskedLM", ENCODER),
    "bert-classification": ("BertForSequenceClassification", ENCODER | {"num_labels": 3}),
    "bert-tokens": ("BertForTokenClassification", ENCODER | {"num_labels": 5}),
    "bert-span": ("BertForQuestionAnswering", ENCODER),
    "bert-vectors": ("BertModel", ENCODER),
    "distilbert": (
        "DistilBertForMaskedLM",
        {"vocab_size": 101, "dim": 24, "hidden_dim": 44, "n_layers": 2, "n_heads": 3}
        | {"max_position_embeddings": 32},
    ),
    "megatron-bert": ("MegatronBertForMaskedLM", ENCODER),
    "megatron-bert-classification": (
        "MegatronBertForSequenceClassification",
        ENCODER | {"num_labels": 3},
    ),
    "gpt2": ("GPT2LMHeadModel", GPT2),
    "gpt2-untied": ("GPT2LMHeadModel", GPT2 | {"tie_word_embeddings": False}),
    "llama": ("LlamaForCausalLM", DECODER | {"tie_word_embeddings": True}),
    "llama-stretched": ("LlamaForCausalLM", DECODER | {"rope_parameters": LLAMA3}),
    "mistral": ("MistralForCausalLM", DECODER | {"sliding_window": 7, "head_dim": 6}),
    "qwen2": ("Qwen2ForCausalLM", DECODER | {"tie_word_embeddings": True}),
    "qwen3": ("Qwen3ForCausalLM", DECODER | {"head_dim": 10}),
    "smollm3": ("SmolLM3ForCausalLM", DECODER | {"no_rope_layer_interval": 2}),
    "marian": (
        "MarianMTModel",
        SIDES | {"activation_function": "swish", "scale_embedding": True},
    ),
    "bart": ("BartForConditionalGeneration", SIDES),
    "blenderbot": (
        "BlenderbotForConditionalGeneration",
        SIDES | {"scale_embedding": True, "encoder_no_repeat_ngram_size": 0},
    ),
    "t5": ("T5ForConditionalGeneration", T5),
    "t5-flan": (
        "T5ForConditionalGeneration",
        T5 | {"feed_forward_proj": "gated-gelu", "tie_word_embeddings": False},
    ),
    "vit": (
        "ViTForImageClassification",
        {"hidden_size": 24, "intermediate_size": 44, "num_hidden_layers": 2}
        | {"num_attention_heads": 3, "image_size": 12, "patch_size": 4, "num_labels": 5},
    ),
}
PADDING = [[1] * 9, [1] * 6 + [0] * 3]
NUM_NEW = 32


def main() -> None:
    for name in sys.argv[1:] or MODELS:
        about, arrays = golden(*MODELS[name])
        about["versions"] = {
            "torch": torch.__version__,
            "transformers": transformers.__version__,
        }
        (GOLDEN / f"{name}.json").write_text(json.dumps(about, indent=1) + "\n")
        np.savez_compressed(GOLDEN / f"{name}.npz", **arrays)
        print(name, {key: array.shape for key, array in arrays.items()})


def golden(class_name: str, settings: dict) -> tuple[dict, dict[str, np.ndarray]]:
    """A model's configuration and its tensors' shapes, and what it answers to made-up inputs."""
    model_class = getattr(transformers, class_name)
    config = model_class.config_class(**settings)
    config.architectures = [class_name]
    with tempfile.TemporaryDirectory() as folder:
        weights = Path(folder, "model.safetensors")
        model_class(config).save_pretrained(folder)
        with safetensors.safe_open(weights, "np") as file:
            shapes = {name: file.get_slice(name).get_shape() for name in sorted(file.keys())}
        save_file(made_up_weights(shapes), weights, metadata={"format": "pt"})
        model = model_class.from_pretrained(folder, attn_implementation="eager").eval()
        published = json.loads(Path(folder, "config.json").read_text())
    with torch.no_grad():
        return {"config": published, "shapes": shapes}, _answers(model)


def _answers(model: torch.nn.Module) -> dict[str, np.ndarray]:
    random = np.random.default_rng(0)
    if model.config.model_type == "vit":
        images = random.normal(size=(2, 3, 12, 12)).astype("float32")
        logits = model(pixel_values=torch.tensor(images)).logits
        return {"images": images.transpose(0, 2, 3, 1), "logits": logits.numpy()}
    ids, mask = random.integers(1, 101, (2, 9)), np.array(PADDING)
    inputs = {"input_ids": torch.tensor(ids), "attention_mask": torch.tensor(mask)}
    if model.config.is_encoder_decoder:
        target = random.integers(1, 101, (2, 7))
        logits = model(**inputs, decoder_input_ids=torch.tensor(target)).logits
        arrays = {"target_ids": target, "logits": logits.numpy()}
    else:
        output = model(**inputs)
        if hasattr(output, "start_logits"):
            logits = torch.stack([output.start_logits, output.end_logits], dim=1)
        else:
            logits = output.logits if hasattr(output, "logits") else output.last_hidden_state
        arrays = {"logits": logits.numpy()}
    arrays |= {"token_ids": ids, "padding_mask": mask.astype(bool)}
    if model.can_generate():
        prompt = {key: value[:1] for key, value in inputs.items()}
        options = {"max_new_tokens": NUM_NEW, "do_sample": False, "num_beams": 1}
        generated = model.generate(**prompt, **options, pad_token_id=0, eos_token_id=None)
        arrays["continuation"] = generated.numpy()[0, -NUM_NEW:]
    return arrays


if __name__ == "__main__":
    main()
