"""How many bytes the bodies of all requests may take together."""

from collections.abc import Callable

from serving.errors import Overloaded


class Room:
    """`most` bytes, of memory or disk. Who sends little takes little, however long it takes to come.

    `on_refusal` is called for each body that finds no room.
    """

    def __init__(self, most: int, on_refusal: Callable[[], object] = lambda: None) -> None:
        self.free = most
        self.on_refusal = on_refusal


class Share:
    """What one body takes of a room, until the `with` around it ends."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._size = 0

    def take(self, size: int) -> None:
        """So many bytes more. Raises Overloaded where the room has no more."""
        if size > self._room.free:
            self._room.on_refusal()
            raise Overloaded("other requests' bodies take all the room there is: ask again in a moment")
        self._room.free -= size
        self._size += size

    def __enter__(self) -> "Share":
        return self

    def __exit__(self, *error: object) -> None:
        self._room.free += self._size
        self._size = 0
