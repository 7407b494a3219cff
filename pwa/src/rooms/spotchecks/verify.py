import hashlib, json, sys
from fractions import Fraction
H = lambda data: hashlib.sha256(data).digest()
p = json.load(open(sys.argv[1], encoding="utf-8"))
same = lambda what, said, made: said == made or sys.exit(f"{what}: the file says {said}, repeated it is {made}")
if p["campaign_seed"]:
    seed = bytes.fromhex(p["campaign_seed"])
    same("commitment", p["commitment"], H(seed).hex())
    same("draw_seed", p["draw_seed"], H(seed + p["kind"].encode() + bytes([p["k"]])).hex())
frame, strata = sorted(map(tuple, p["frame"])), {}
root = H("".join(f"{i}\t{s}\n" for i, s in frame).encode())
same("root", p["root"], root.hex())
for i, s in frame: strata.setdefault(s, []).append(i)
N = len(frame); n = max(1, -(-Fraction(p["rate"]) * N // 1))
seats = {s: n * len(ids) // N for s, ids in strata.items()}
for s in sorted(strata, key=lambda s: (-(n * len(strata[s]) % N), s.encode()))[: n - sum(seats.values())]: seats[s] += 1
seats = {s: max(seats[s], min(p["min_per_stratum"], len(ids))) for s, ids in strata.items()}
same("seats", p["seats"], seats)
score = lambda i: H(bytes.fromhex(p["draw_seed"]) + root + i.encode())
same("drawn", sorted(p["drawn"]), sorted(i for s, ids in strata.items() for i in sorted(ids, key=score)[: seats[s]]))
print("the same:", len(p["drawn"]), "of", N)
