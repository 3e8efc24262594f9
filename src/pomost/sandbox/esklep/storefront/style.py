"""How the shop looks: one sheet, light and dark, from a phone upwards."""

STYLE = """
:root { color-scheme: light dark; --ink:#1d2433; --soft:#5b6579; --paper:#fff; --ground:#f4f5f8; --line:#dfe3ea;
  --brand:#0b5d57; --brand-ink:#fff; --sale:#b3261e; --good:#1c6e3a; --tint:#e3f1ef; --radius:.75rem }
@media (prefers-color-scheme: dark) { :root { --ink:#e8ebf2; --soft:#a3adbf; --paper:#1b2029; --ground:#12161d;
  --line:#313947; --brand:#6fd0c6; --brand-ink:#08211f; --sale:#ff8a80; --good:#7fd79b; --tint:#1d3432 } }
* { box-sizing:border-box }
body { margin:0; font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif; color:var(--ink);
  background:var(--ground) }
a { color:var(--brand); text-decoration-thickness:.08em; text-underline-offset:.18em }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible { outline:3px solid var(--brand);
  outline-offset:2px }
img { max-width:100%; height:auto }
.in { max-width:76rem; margin:0 auto; padding:0 1rem }
header { background:var(--paper); border-bottom:1px solid var(--line) }
header .in { display:flex; flex-wrap:wrap; gap:.6rem 1.2rem; align-items:center; padding-block:.8rem }
.name { font-size:1.25rem; font-weight:750; text-decoration:none; color:var(--ink) }
form { display:flex; gap:.4rem; margin:0; flex-wrap:wrap } form.search { flex:1 1 16rem }
input, select, button { font:inherit; color:inherit; padding:.42rem .7rem; border-radius:.5rem; min-height:2.6rem;
  border:1px solid var(--line); background:var(--ground); max-width:100% } input[type=search] { flex:1; min-width:8rem }
button { background:var(--brand); color:var(--brand-ink); border-color:transparent; font-weight:600; cursor:pointer }
nav.top { display:flex; gap:.2rem 1rem; flex-wrap:wrap; padding-block:.6rem }
nav.top a { padding:.2rem 0 } nav a[aria-current] { font-weight:700; text-decoration:none; color:var(--ink) }
.two { display:grid; gap:1.25rem; padding-block:1.25rem 3rem } @media (min-width:56rem) {
  .two { grid-template-columns:15rem minmax(0,1fr) } }
.tree { font-size:.95rem } .tree ul { list-style:none; margin:0; padding:0 0 0 .9rem } .tree>ul { padding:0 }
.tree a { display:block; padding:.28rem 0; text-decoration:none } .tree .n { color:var(--soft); font-size:.85em }
@media (max-width:55.99rem) {
  .tree>ul>li>ul { display:none } .tree>ul { display:flex; flex-wrap:wrap; gap:.2rem 1rem } }
h1 { font-size:1.55rem; line-height:1.25; margin:.2rem 0 .6rem } h2 { font-size:1.15rem; margin:1.6rem 0 .6rem }
.grid { display:grid; gap:.9rem; grid-template-columns:repeat(auto-fill,minmax(min(11.5rem,100%),1fr)); padding:0;
  margin:0; list-style:none }
.card, .box { background:var(--paper); border:1px solid var(--line); border-radius:var(--radius) }
.card { display:flex; flex-direction:column; overflow:hidden; height:100% } .box { padding:1rem }
.card .pic { text-decoration:none; aspect-ratio:4/3; background:#fff; display:grid; place-items:center;
  border-bottom:1px solid var(--line) }
.card .pic img { width:100%; height:100%; object-fit:contain; padding:.5rem } .pic .none { color:#8a93a3 }
.card .say { padding:.75rem .85rem .9rem; display:flex; flex-direction:column; gap:.3rem; flex:1 }
.card a.title { color:var(--ink); font-weight:600; text-decoration:none; overflow-wrap:anywhere }
.card a.title:hover { text-decoration:underline } .grow { flex:1 }
.soft { color:var(--soft); font-size:.9rem } .price { font-size:1.2rem; font-weight:750; white-space:nowrap }
.big { font-size:1.9rem } .sale { color:var(--sale) } s { color:var(--soft); font-weight:400 }
.chip { display:inline-block; font-size:.8rem; padding:.1rem .55rem; border-radius:99rem; background:var(--tint);
  color:var(--ink); margin:0 .3rem .3rem 0 } .yes { color:var(--good); font-weight:600 } .no { color:var(--sale) }
.goods { display:grid; gap:1.25rem } @media (min-width:48rem) { .goods { grid-template-columns:1fr 1fr } }
.gallery img.first { width:100%; max-height:26rem; object-fit:contain; background:#fff; border-radius:var(--radius);
  border:1px solid var(--line) } .gallery .more { display:flex; gap:.5rem; flex-wrap:wrap; margin-top:.5rem }
.gallery .more img { width:4.5rem; height:4.5rem; object-fit:contain; background:#fff; border:1px solid var(--line);
  border-radius:.5rem } .empty { aspect-ratio:4/3; display:grid; place-items:center; background:var(--paper);
  border:1px dashed var(--line); border-radius:var(--radius); color:var(--soft) }
.wide { overflow-x:auto } table { border-collapse:collapse; width:100% }
th, td { text-align:left; padding:.4rem .7rem .4rem 0;
  border-bottom:1px solid var(--line); vertical-align:top } td.n, th.n { text-align:right;
  font-variant-numeric:tabular-nums; white-space:nowrap }
.prose { overflow-wrap:anywhere } .prose :first-child { margin-top:0 } ol.crumbs { list-style:none; padding:0; margin:0;
  display:flex; flex-wrap:wrap; gap:.2rem .5rem; font-size:.9rem }
ol.crumbs li+li::before { content:"›"; margin-right:.5rem;
  color:var(--soft) } ul.sets { list-style:none; padding:0; display:grid; gap:.9rem }
footer { border-top:1px solid var(--line); color:var(--soft); font-size:.9rem; padding-block:1rem }
.turn { display:flex; gap:1rem; padding-block:1rem }
.sub { display:flex; flex-wrap:wrap; gap:.2rem 1rem; padding-bottom:.8rem }
.skip { position:absolute; left:-99rem } .skip:focus { left:1rem }
"""
