"""Cross-validated figures of the decision stage on the working part of train, and on dev."""
import sys, json, math, time, importlib.util
from collections import defaultdict
from pathlib import Path
import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from servanda.core.vocabulary import Action
from servanda.reading.features import choice, context_of, stance_of
from servanda.reading.lexicon import lexicon
from servanda.reading.quotes import clause
from servanda.reading.stance import stance
from training.decision.corpus import align, is_untouched, load

L = lexicon()
spec = importlib.util.spec_from_file_location("sc", "/work/shared/eval/score_claims.py"); S = importlib.util.module_from_spec(spec); spec.loader.exec_module(S)
TX = {n: {p.stem: S.read_text(p) for p in Path(f'/work/shared/eval/{n}/texts').glob('*.txt')} for n in ('train', 'dev')}
import bisect
def placed(c, n):
    c = dict(c); text, starts = TX[n][c['doc']]; at = text.find(S.squeeze(c['quote'])); e = at + len(S.squeeze(c['quote']))
    c['_span'] = None if at < 0 else (at, e); c['_sents'] = set() if at < 0 else set(range(bisect.bisect_right(starts, at) - 1, bisect.bisect_right(starts, e - 1)))
    return c

class Pair: __slots__ = ('sent', 'cand', 'action', 'feats', 'gold', 'stance', 'sfeats')
def pairs_of(sent):
    out = []
    st = {}
    for cand in sent.candidates:
        w = cand.word
        contrary = {a: any(e.contrary for e in cand.holding if e.action is a) for a in cand.actions}
        base = stance(w, L)
        ctx = context_of(w, sent.parse, base, L, sent.quoted[w.i]); sf = stance_of(w, base, L)
        sure = {k.word.i for k in sent.candidates if k.holding}
        for action in cand.actions:
            rivals = []
            same = [k for k in sent.candidates if k.word is not w and any(e.action is action for e in k.holding)]
            if same: rivals.append('same-in-sentence')
            if any(k.word is w.head for k in same): rivals.append('same-as-head')
            if any(k.word.head is w for k in same): rivals.append('same-as-child')
            if any(k.word.i < w.i for k in same): rivals.append('same-before')
            others = [k for k in sent.candidates if k.word is not w and k.holding and not any(e.action is action for e in k.holding)]
            if others: rivals.append('other-in-sentence')
            if any(k.word is w.head for k in others): rivals += ['other-as-head'] + [f'otherhead={e.action}&{action}' for k in others if k.word is w.head for e in k.holding]
            if len({e.action for e in cand.holding}) > 1: rivals.append('ambiguous')
            if contrary[action]: rivals.append('contrary')
            p = Pair(); p.sent, p.cand, p.action = sent, cand, action
            p.feats = choice(cand, action, cand.holding, ctx, sf, rivals)
            p.gold = next((g for g in sent.claims if g.trigger is w and g.fields['action'] == action), None)
            p.stance = base; p.sfeats = {**{f: 1.0 for f in sf}, **{f: 1.0 for f in ctx if f.startswith(('dep=','tag=','pos=','quoted','background','dated','part=','prep=','over='))}, f'action={action}': 1.0, f'{action}&{base.act}': 1.0, f'lemma={w.lemma}': 1.0, 'contrary' if contrary[action] else 'direct': 1.0, **{f'{action}&{f}': 1.0 for f in sf if f.startswith(('tense','modal','governed'))}}
            out.append(p)
    return out

def t32(X):
    X.indices = X.indices.astype(np.int32); X.indptr = X.indptr.astype(np.int32); return X

def fit(dicts, y, C, weight=None):
    v = DictVectorizer(); X = t32(v.fit_transform(dicts))
    m = LogisticRegression(C=C, max_iter=400, solver='liblinear' if len(set(y)) == 2 else 'lbfgs'); m.fit(X, y, sample_weight=weight)
    return lambda d: m.predict_proba(t32(v.transform(d))) if d else np.zeros((0, len(m.classes_))), list(m.classes_)

def train(pairs, C=.3, Cs=.3):
    ch, cl = fit([p.feats for p in pairs], [p.gold is not None for p in pairs], C)
    pos = [p for p in pairs if p.gold]
    heads = {}
    for f in ('act', 'polarity', 'certainty'):
        heads[f] = fit([p.sfeats for p in pos], [p.gold.fields[f] for p in pos], Cs)
    return ch, heads

def predict(model, pairs, th):
    ch, heads = model
    pr = ch([p.feats for p in pairs])[:, 1]
    keep = [(float(x), p) for x, p in zip(pr, pairs) if x > th]
    out = []
    if not keep: return out
    lab = {f: [cl[i] for i in h([p.sfeats for _, p in keep]).argmax(1)] for f, (h, cl) in heads.items()}
    for (x, p), act, pol, cer in zip(keep, lab['act'], lab['polarity'], lab['certainty']):
        s, e = clause(p.cand.word, p.stance)
        out.append(dict(x=x, p=p, doc=p.sent.doc, start=s, end=e, act=act, action=str(p.action), polarity=pol, certainty=cer))
    return out
def finish(preds):
    best = {}
    for c in sorted(preds, key=lambda c: -c['x']):
        k = (c['doc'], c['p'].sent.parse.start, c['act'], c['action'], c['polarity'])
        best.setdefault(k, c)
    return list(best.values())
def evaluate(preds, gold, n, texts):
    P = []
    for c in preds:
        q = texts[c['doc']][c['start']:c['end']]
        P.append(placed(dict(doc=c['doc'], quote=q, act=c['act'], action=c['action'], polarity=c['polarity'], actors=[], source=None, when=None, quantity=None), n))
    r, _ = S.score([placed(g.fields, n) for g in gold], P)
    return {k: r[k]['f1'] for k in ('action', 'claim', 'mission')}, len(P), len(gold), (r['claim']['p'], r['claim']['r']), r['quote']

if __name__ == '__main__':
    sys.setrecursionlimit(100000)
    T = load(Path('/work/shared/eval/train')); D = load(Path('/work/shared/eval/dev'))
    W = {d: s for d, s in T.items() if not is_untouched(d)}
    align([s for d in W.values() for s in d], [s for d in D.values() for s in d])
    texts = {d: Path(f'/work/shared/eval/{n}/texts/{d}.txt').read_text() for n, X in (('train', W), ('dev', D)) for d in X}
    wp = {d: [p for s in ss for p in pairs_of(s)] for d, ss in W.items()}; dp = [p for ss in D.values() for s in ss for p in pairs_of(s)]
    docs = sorted(wp); print(sum(map(len, wp.values())), sum(bool(p.gold) for x in wp.values() for p in x))
    gw = [g for ss in W.values() for s in ss for g in s.claims]; gd = [g for ss in D.values() for s in ss for g in s.claims]
    for C in (.1, .3, 1):
        oof = []
        for f in range(5):
            tr = [p for i, d in enumerate(docs) if i % 5 != f for p in wp[d]]; te = [p for i, d in enumerate(docs) if i % 5 == f for p in wp[d]]
            oof += predict(train(tr, C), te, .15)
        md = predict(train([p for d in docs for p in wp[d]], C), dp, .1)
        for th in (.2, .25, .3, .35, .4):
            print(C, th, 'work', evaluate(finish([c for c in oof if c['x'] > th]), gw, 'train', texts), 'dev', evaluate(finish([c for c in md if c['x'] > th]), gd, 'dev', texts))
