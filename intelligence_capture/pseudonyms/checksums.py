"""Check digits of bank and identity numbers, by which they are told from other numbers of that length."""

_NIF_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_NIT_WEIGHTS = (41, 37, 29, 23, 19, 17, 13, 7, 3)


def luhn(number: str) -> bool:
    """Cards (ISO/IEC 7812)."""
    digits = _digits(number)
    if not 13 <= len(digits) <= 19:
        return False
    doubled = [2 * one - 9 * (one > 4) for one in digits[-2::-2]]
    return (sum(digits[::-2]) + sum(doubled)) % 10 == 0


def iban(number: str) -> bool:
    """International bank account numbers (ISO 13616)."""
    compact = "".join(char for char in number if char.isalnum()).upper()
    if not compact.isascii() or not 15 <= len(compact) <= 34:
        return False
    return int("".join(str(int(char, 36)) for char in compact[4:] + compact[:4])) % 97 == 1


def ruc_or_cuit(number: str) -> bool:
    """RUC of Peru and CUIT of Argentina, which differ where 10 or 11 is left."""
    digits = _digits(number)
    left = 11 - _weighted(digits[:10], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return len(digits) == 11 and digits[10] in (left % 10, {10: 9, 11: 0}.get(left))


def nif(number: str) -> bool:
    """NIF and NIE of Spain."""
    compact = "".join(char for char in number if char.isalnum()).upper()
    digits = {"X": "0", "Y": "1", "Z": "2"}.get(compact[0], compact[0]) + compact[1:-1]
    return digits.isdecimal() and _NIF_LETTERS[int(digits) % 23] == compact[-1]


def rut(number: str) -> bool:
    """RUT of Chile."""
    compact = "".join(char for char in number if char.isalnum()).upper()
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(compact[:-1])))
    return "0123456789K0"[11 - total % 11] == compact[-1]


def cpf(number: str) -> bool:
    """CPF of Brazil."""
    digits = _digits(number)
    return len(digits) == 11 and all(
        (10 * _weighted(digits[:length], range(length + 1, 1, -1)) % 11) % 10 == digits[length]
        for length in (9, 10)
    )


def nit(number: str) -> bool:
    """NIT of Colombia."""
    digits = _digits(number)
    rest = _weighted(digits[:-1], _NIT_WEIGHTS[-len(digits) + 1 :]) % 11
    return len(digits) == 10 and (rest if rest < 2 else 11 - rest) == digits[-1]


def cedula(number: str) -> bool:
    """Cédula of Ecuador, and its RUC, which begins with it."""
    digits = _digits(number)[:10]
    province = 10 * digits[0] + digits[1]
    if not ((1 <= province <= 24 or province == 30) and digits[2] <= 6):
        return False
    products = [digit * (2 - place % 2) for place, digit in enumerate(digits[:9])]
    return -sum(one - 9 * (one > 9) for one in products) % 10 == digits[9]


def _digits(number: str) -> list[int]:
    return [int(char) for char in number if char.isdecimal()]


def _weighted(digits: list[int], weights: range | tuple[int, ...]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))
