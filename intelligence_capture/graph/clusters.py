"""Disjoint sets that respect what must not be joined."""

from collections import defaultdict


class Clusters:
    """The numbers from 0 to `count` in disjoint sets; a forbidden pair never comes into one set."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))
        self._enemies: dict[int, set[int]] = {}

    def forbid(self, a: int, b: int) -> None:
        """Keep these two apart from now on; what is already joined stays joined."""
        first, second = self.root(a), self.root(b)
        if first != second:
            self._enemies.setdefault(first, set()).add(second)
            self._enemies.setdefault(second, set()).add(first)

    def join(self, a: int, b: int) -> bool:
        """Join the sets of these two; False where that is forbidden. The smaller number becomes the root."""
        first, second = sorted((self.root(a), self.root(b)))
        if first == second:
            return True
        if second in self._enemies.get(first, ()):
            return False
        self._parent[second] = first
        for enemy in self._enemies.pop(second, set()):
            self._enemies[enemy].discard(second)
            self._enemies[enemy].add(first)
            self._enemies.setdefault(first, set()).add(enemy)
        return True

    def root(self, number: int) -> int:
        """The number that stands for the set of this one."""
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def sets(self) -> list[list[int]]:
        """All sets, by their smallest number; each sorted."""
        found: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._parent)):
            found[self.root(number)].append(number)
        return list(found.values())
