"""Snapshots kept, found and deleted.

The storage has `records/ID.json`, each model's files once in `models/HASH/`, which snapshots have
it in `uses/HASH/ID`, and when each expires in `expires/DATE/ID.HASH`, without a hash for one that
has no model. A record is written last and replaced by a tombstone first: whenever a process is
killed, a snapshot is there with all that belongs to it, or not at all.

Servers with homes of their own may share a bucket. Who removes a model says so first, in
`removing/HASH/ID`, and then looks whether it is used; who writes one marks its use first, and then
waits until nobody removes it. So one of the two always sees the other.
"""

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from tfplay.classroom import require_unlocked
from tfplay.errors import InputError
from tfplay.home import home, make_folder
from tfplay.hosting import is_hosted
from tfplay.sharing import clock
from tfplay.sharing.model_files import (
    content_hash,
    digest_of,
    files_of,
    forget_fetched,
    hash_of,
    read_shared_model,
    remove_model,
    write_model,
)
from tfplay.sharing.snapshot import ID, LONGEST_NOTE, LONGEST_TITLE, VERSION, Snapshot, View
from tfplay.sharing.storage import Storage
from tfplay.store import Model, find_run
from tfplay.store.allowance import require_below
from tfplay.store.digest import digest
from tfplay.store.lock import hold
from tfplay.store.visitors import Visitors

MOST_DAYS = 366
_REMOVING_SECONDS = 30
"""So long another server may take to remove a model; one that takes longer was killed."""

_SENTENCES = {
    "deleted": "This snapshot was deleted by whoever made it.",
    "expired": "This snapshot has expired: whoever made it chose for how long it was to be seen.",
}


def keep_snapshot(
    view: View,
    model: Model | None,
    title: str,
    note: str = "",
    days: int = 30,
    is_downloadable: bool = False,
    owner: str | None = None,
    other: Model | None = None,
) -> tuple[Snapshot, str]:
    """Gives away a view with its model.

    Args:
        view: What is seen.
        model: The model that it is of, at the step at which it is seen; `None` if it is frozen.
        title: In the words of whoever gives it away.
        note: The same, longer; may be empty.
        days: How long it can be seen.
        is_downloadable: Whether others may download the model.
        owner: The secret of the visitor who makes it; `None` is the operator.
        other: A second model that a choice of the view names, to be given away with the first.

    Returns:
        The snapshot, and the secret by which it can be deleted, of which a digest is kept.

    Raises:
        InputError: The title is empty or too long, the model cannot be given away, the maker's
            class has it locked, or the storage is full or cannot be reached. Then nothing of it is
            kept.
        LimitError: The visitor has as many snapshots as they may.

    Example:
        >>> view = View("attention", {"layer": "2", "text": "The cat sat."})
        >>> snapshot, secret = keep_snapshot(view, open_model("sentiment"), "Who looks at the cat?")
    """
    title, note = _checked(title, note, days)
    maker = _allowed_maker(owner)
    models = [each for each in (model, other) if each]
    contents = [files_of(each) for each in models]
    hashes = [content_hash(each) for each in contents]
    secret, made = secrets.token_urlsafe(), clock.now()
    kept = Snapshot(
        id=secrets.token_hex(16),
        view=_naming(view, other.id, hashes[1]) if other else view,
        model=hashes[0] if model else None,
        other=hashes[1] if other else None,
        shipped=model.id if model and model.origin == "shipped" else None,
        tokenizer=digest_of(model.tokenizer_path) if model and model.reads_text else None,
        step=model.step if model else None,
        title=title,
        note=note,
        made=made,
        expires=made + timedelta(days=days),
        is_downloadable=is_downloadable and all(each.is_downloadable for each in models),
        secret=digest(secret),
    )
    _write(kept, dict(zip(hashes, contents, strict=True)))
    if maker:
        Visitors().note_snapshot(kept.id, maker, kept.expires.timestamp())
    return kept, secret


def _allowed_maker(owner: str | None) -> str | None:
    """The digest of the secret of whose snapshots are counted, if they may make another."""
    if owner is None:
        return None
    require_unlocked("sharing", digest(owner))
    if not is_hosted():
        return None
    require_below("snapshots", digest(owner), Visitors().count_snapshots, "snapshots")
    return digest(owner)


def find_snapshot(snapshot_id: str) -> Snapshot:
    """The snapshot of this id.

    Raises:
        InputError: There is none, it has expired, was deleted or is damaged, or the storage cannot
            be reached.
    """
    record = _read_record(Storage.from_environment(), snapshot_id)
    if record is None:
        raise InputError("There is no snapshot at this address: look whether the link is whole.")
    if "ended" in record:
        raise InputError(_SENTENCES["deleted" if record["ended"] == "deleted" else "expired"])
    found = Snapshot.from_json(record)
    if found.has_expired:
        raise InputError(_SENTENCES["expired"])
    return found


def snapshot_model(snapshot: Snapshot) -> Model | None:
    """The model of a snapshot, at the end of its training; `None` if what is seen is frozen.

    One that came with TFPlay, and with this TFPlay too, is that very model.

    Raises:
        InputError: It is damaged, or the storage cannot be reached.
    """
    shipped = find_run(snapshot.shipped) if snapshot.shipped else None
    if shipped and shipped.is_shipped and hash_of(shipped.model) == snapshot.model:
        return shipped.model
    return _shared(snapshot.model)


def other_model(snapshot: Snapshot) -> Model | None:
    """The second model of a snapshot, which its own is compared with; `None` of most.

    Raises:
        InputError: It is damaged, or the storage cannot be reached.
    """
    return _shared(snapshot.other)


def delete_snapshot(snapshot_id: str, secret: str) -> None:
    """Deletes a snapshot for good; its model, too, unless another snapshot has it.

    Args:
        snapshot_id: The snapshot's.
        secret: What its maker was given.

    Raises:
        InputError: The secret is not its maker's, or as `find_snapshot`.
    """
    found = find_snapshot(snapshot_id)
    if not found.is_made_by(secret):
        raise InputError("This is not the link by which this snapshot can be deleted.")
    storage = Storage.from_environment()
    with _writing():
        for model_hash, day in _marked(found):
            _end(storage, found.id, model_hash, day, "deleted")
    if is_hosted():
        Visitors().forget_snapshot(found.id)


def _shared(model_hash: str | None) -> Model | None:
    return read_shared_model(Storage.from_environment(), model_hash) if model_hash else None


def _naming(view: View, model_id: str, model_hash: str) -> View:
    """The view that names a model as a snapshot's models are named: by its digest."""
    own = {name: model_hash for name, value in view.choices.items() if value == model_id}
    return replace(view, choices={**view.choices, **own})


def _checked(title: str, note: str, days: int) -> tuple[str, str]:
    title, note = " ".join(title.split()), note.strip()
    if not title:
        raise InputError("A snapshot needs a title of at least one letter.")
    for name, text, longest in (("title", title, LONGEST_TITLE), ("note", note, LONGEST_NOTE)):
        if len(text) > longest:
            raise InputError(f"The {name} has {len(text):,} characters; the most is {longest:,}.")
    if not 1 <= days <= MOST_DAYS:
        raise InputError(f"A snapshot can be seen for 1 to {MOST_DAYS} days, not {days}.")
    return title, note


def _write(snapshot: Snapshot, files: dict[str, dict[str, bytes | Path]]) -> None:
    """Writes a new snapshot with its models' files, by their digests, or nothing."""
    storage, marked = Storage.from_environment(), _marked(snapshot)
    with _writing():
        _end_expired(storage)
        try:
            for marker in (name for each in marked for name in _markers(snapshot.id, *each)):
                storage.write(marker, b"")
            for model_hash, own in files.items():
                _wait_for_removal(storage, model_hash)
                write_model(storage, model_hash, own)
            storage.write(_record(snapshot.id), _as_bytes(snapshot.to_json()))
        except InputError:
            with suppress(InputError):  # out of reach, what is left goes on the day it expires
                for each in marked:
                    _release(storage, snapshot.id, *each)
            raise


def _wait_for_removal(storage: Storage, model_hash: str) -> None:
    """Returns once no other server is removing the model, which is used from now on."""
    start, removing = time.monotonic(), f"removing/{model_hash}"
    while storage.names(removing) and time.monotonic() - start < _REMOVING_SECONDS:
        time.sleep(0.1)
    storage.remove(removing)


@contextmanager
def _writing() -> Iterator[None]:
    """Within it no other process of this home writes snapshots or removes models."""
    make_folder(home())
    with hold(home(), "snapshots.lock"):
        yield


def _end_expired(storage: Storage) -> None:
    """Removes the content of snapshots that expired before today."""
    forget_fetched(storage)
    today = f"{clock.now():%Y-%m-%d}"
    for name in storage.names("expires"):
        day, _, rest = name.partition("/")
        if day < today:
            snapshot_id, _, model_hash = rest.partition(".")
            _end(storage, snapshot_id, model_hash, day, "expired")


def _end(storage: Storage, snapshot_id: str, model_hash: str, day: str, reason: str) -> None:
    """Leaves of a snapshot that it was there, and why it is not any more."""
    record = _read_record(storage, snapshot_id)
    if record is not None and "ended" not in record:
        storage.write(_record(snapshot_id), _as_bytes({"version": VERSION, "ended": reason}))
    _release(storage, snapshot_id, model_hash, day)


def _release(storage: Storage, snapshot_id: str, model_hash: str, day: str) -> None:
    """Removes a snapshot's markers of a model, and the model unless another has it."""
    expiry, *uses = _markers(snapshot_id, model_hash, day)
    for use in uses:
        removing = f"removing/{model_hash}/{snapshot_id}"
        storage.remove(use)
        storage.write(removing, b"")
        if not storage.names(f"uses/{model_hash}"):
            remove_model(storage, model_hash)
        storage.remove(removing)
    storage.remove(expiry)


def _marked(snapshot: Snapshot) -> list[tuple[str, str]]:
    """By what a snapshot is marked: each model's digest, or none, and the day it expires."""
    return [(each, f"{snapshot.expires:%Y-%m-%d}") for each in snapshot.models or [""]]


def _markers(snapshot_id: str, model_hash: str, day: str) -> list[str]:
    """The day on which it expires, and of a model its use."""
    uses = [f"uses/{model_hash}/{snapshot_id}"] if model_hash else []
    return [f"expires/{day}/{snapshot_id}.{model_hash}", *uses]


def _record(snapshot_id: str) -> str:
    return f"records/{snapshot_id}.json"


def _read_record(storage: Storage, snapshot_id: str) -> dict[str, Any] | None:
    """What is kept of the snapshot of this id; `None` if there is none."""
    content = storage.read(_record(snapshot_id)) if ID.fullmatch(snapshot_id) else None
    if content is None:
        return None
    try:
        record = json.loads(content)
    except ValueError as error:
        raise InputError("This snapshot is damaged.") from error
    if not isinstance(record, dict):
        raise InputError("This snapshot is damaged.")
    return record


def _as_bytes(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()
