"""The simulation of Cutwater as others would write it, in numpy and as step functions over copied states.

Reads one line of JSON, then a word a line: `steps` (all paths at once, hour by hour or day by day), `jump` (all
events at once, sorted), `agents` (path by path, a dictionary copied at each step, a list of functions that update
it). Answers each with one line: mean cost in dollars and its standard error.
"""

import copy
import json
import random
import sys

import numpy as np

m = json.loads(sys.stdin.readline())
for name, value in list(m.items()):
    if isinstance(value, list):
        m[name] = np.array(value, dtype=float)
HORIZON = m["steps"] * m["stepSeconds"]
LAST = len(m["limit"]) - 1


def settle(rng, idx, at, since, state):
    """One attack on each of the paths `idx`, at the times `at`, `since` seconds after the last signal."""
    n = len(idx)
    row = np.minimum(LAST, (np.minimum(since, LAST * 3600.0) // 3600.0)).astype(int)
    family = np.minimum(np.searchsorted(m["familyUpTo"], rng.random(n), side="right"), len(m["familyUpTo"]) - 1)
    profile = np.minimum(np.searchsorted(m["profileUpTo"], rng.random(n), side="right"), 3)
    loss = m["median"][family] * np.exp(m["sigma"][family] * rng.standard_normal(n))
    baseline = np.minimum(loss, m["locked"] - state["shortfall"][idx])
    age = (state["phase"][idx] * m["auditInterval"] + at) % m["auditInterval"]
    cut = m["bugCut"] * 2.0 ** (-age / m["auditHalfLife"]) * m["reviewable"][family] + m["keyCut"] * m["isKeys"][family]
    happens = (rng.random(n) >= cut) & ~state["ended"][idx]
    first = m["firstShare"][profile]
    span = m["spanMedian"][profile] * np.exp(m["spanSigma"][profile] * rng.standard_normal(n))
    share = m["people"][row]
    seconds = m["human"] * share * np.exp(m["reactionSigma"] * rng.standard_normal(n))
    left = baseline * (first + (1 - first) * share)
    limited = np.where(seconds > m["hold"], left, np.minimum(left, m["limit"][row] + m["refill"][row] * seconds))
    drained = np.minimum(share, m["watcherSeconds"] / span)
    seen = np.minimum(baseline * (first + (1 - first) * drained), m["unproven"])
    bypass = m["bypass"][family]
    blind = bypass + (1 - bypass) * (1 - (1 - m["deceived"][family]) * (1 - m["missChance"]))
    failure = rng.random(n)
    lost = np.where(failure < bypass, baseline, np.where(failure < blind, limited, seen))
    lost = np.where(happens, np.minimum(lost, baseline), 0.0)
    cover = m["cover"][row] - m["stake"][row] * m["isKeys"][family] * (failure < bypass) - state["covered"][idx]
    covered = np.minimum(lost, np.maximum(0.0, cover))
    reserve = m["reserve"] + m["reservePerSecond"] * at - state["reserved"][idx]
    reserved = np.minimum(lost - covered, np.maximum(0.0, reserve))
    state["covered"][idx] += covered
    state["reserved"][idx] += reserved
    state["shortfall"][idx] += lost - covered - reserved
    ruined = ~state["ended"][idx] & (state["shortfall"][idx] >= m["ruin"] * m["locked"])
    state["ended"][idx] |= ruined
    state["endsAt"][idx] = np.where(ruined, at, state["endsAt"][idx])


def begin(rng, paths):
    zeros = lambda: np.zeros(paths)
    return {
        "shortfall": zeros(), "covered": zeros(), "reserved": zeros(), "extra": zeros(),
        "ended": np.zeros(paths, dtype=bool), "endsAt": np.full(paths, HORIZON), "phase": rng.random(paths),
    }


def answer(state):
    flow = m["carryPerSecond"] + m["frictionPerSecond"]
    cost = (flow * state["endsAt"] + state["extra"] + state["reserved"] + state["shortfall"]) / 100
    return cost.mean(), cost.std() / np.sqrt(len(cost))


def steps(rng, paths):
    state = begin(rng, paths)
    since = np.full(paths, 1e18)
    hourly = np.append(np.diff(m["extraUpTo"]), 0.0) * (m["stepSeconds"] / 3600.0)
    for step in range(m["steps"]):
        at = (step + 0.5) * m["stepSeconds"]
        if m["alarm"] > 0:
            since = np.where(rng.random(paths) < m["alarm"], 0.0, since + m["stepSeconds"])
            row = np.minimum(LAST, since // 3600.0).astype(int)
            state["extra"] += np.where(state["ended"], 0.0, hourly[row])
        idx = np.nonzero(rng.random(paths) < m["attack"])[0]
        if len(idx):
            settle(rng, idx, np.full(len(idx), at), since[idx], state)
    return answer(state)


def jump(rng, paths):
    state = begin(rng, paths)
    alarms = rng.poisson(m["alarm"] * m["steps"], paths)
    owner = np.repeat(np.arange(paths), alarms)
    key = np.sort(owner * HORIZON + rng.random(len(owner)) * HORIZON)
    starts = key - owner * HORIZON
    nexts = np.append(key[1:], np.inf)
    gap = np.minimum(nexts, (owner + 1) * HORIZON) - key
    state["extra"] += np.bincount(
        owner, np.interp(gap, np.arange(LAST + 1) * 3600.0, m["extraUpTo"]), minlength=paths)
    attacks = rng.poisson(m["attack"] * m["steps"], paths)
    times = np.full((paths, attacks.max(initial=0)), np.inf)
    for k in range(times.shape[1]):
        idx = np.nonzero(attacks > k)[0]
        times[idx, k] = rng.random(len(idx)) * HORIZON
    times.sort(axis=1)
    for k in range(times.shape[1]):
        idx = np.nonzero(attacks > k)[0]
        at = times[idx, k]
        before = np.searchsorted(key, idx * HORIZON + at, side="right") - 1
        known = before >= 0
        mine = known & (owner[before] == idx) if len(owner) else np.zeros(len(idx), dtype=bool)
        since = np.where(mine, at - starts[before], 1e18) if len(owner) else np.full(len(idx), 1e18)
        settle(rng, idx, at, since, state)
    return answer(state)


def agents(rng, paths):
    """One dictionary a path; each step asks every policy, copies the state, and lets every update change it."""
    hourly = np.append(np.diff(m["extraUpTo"]), 0.0)

    def signal(state):
        return {"alarm": random.random() < m["alarm"]}

    def attack(state):
        return {"attack": random.random() < m["attack"]}

    def update_since(state, inputs):
        state["since"] = 0.0 if inputs["alarm"] else state["since"] + m["stepSeconds"]

    def update_extra(state, inputs):
        state["extra"] += hourly[int(min(LAST, state["since"] // 3600.0))]

    def update_loss(state, inputs):
        if not inputs["attack"]:
            return
        one = {key: np.array([value]) for key, value in state["book"].items()}
        settle(rng, np.array([0]), np.array([state["at"]]), np.array([state["since"]]), one)
        state["book"] = {key: value[0] for key, value in one.items()}

    def update_time(state, inputs):
        state["at"] += m["stepSeconds"]

    policies = [signal, attack]
    updates = [update_since, update_extra, update_loss, update_time]
    costs = []
    for _ in range(paths):
        book = {key: value[0] for key, value in begin(rng, 1).items()}
        state = {"at": 0.5 * m["stepSeconds"], "since": 1e18, "extra": 0.0, "book": book}
        for _ in range(m["steps"]):
            inputs = {}
            for policy in policies:
                inputs.update(policy(state))
            state = copy.deepcopy(state)
            for update in updates:
                update(state, inputs)
        flow = m["carryPerSecond"] + m["frictionPerSecond"]
        end = state["book"]
        costs.append((flow * end["endsAt"] + state["extra"] + end["reserved"] + end["shortfall"]) / 100)
    return float(np.mean(costs)), float(np.std(costs) / np.sqrt(max(1, paths)))


ways = {"steps": steps, "jump": jump, "agents": agents}
seed = 0
for line in sys.stdin:
    way, paths = line.split()
    seed += 1
    random.seed(seed)
    print(json.dumps(ways[way](np.random.default_rng(seed), int(paths))), flush=True)
