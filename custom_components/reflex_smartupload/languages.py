"""How a page begins in the language of whoever looks, and how they choose another one."""

import json
from typing import Any

import reflex as rx
from reflex.components.component import Component

from .catalogues import BASE
from .provider import ClientComponent
from .words import app_catalogues

# Before the first paint. Which language it is, `client/shell/language/language.js` decides by the same rule; what the page was built
# in is hidden until the words are there, which have one second for it.
_HEAD = """(()=>{try{
const all=%s;
const chosen=/(?:^|; )smartupload_language=([\\w-]+)/.exec(document.cookie);
const find=(tag)=>{for(const p=tag.toLowerCase().split("-");p.length;p.pop()){const one=all.find((a)=>a.toLowerCase()===p.join("-"));if(one)return one}};
const tag=[...(chosen?[chosen[1]]:[]),...navigator.languages].map(find).find(Boolean);
if(!tag||tag==="%s")return;
const root=document.documentElement;
root.lang=tag;
if(/^(ar|fa|he|ur)\\b/.test(tag))root.dir="rtl";
root.dataset.words="coming";
}catch{}})()"""
_HIDDEN = "html[data-words]>body{animation:smartupload-words 1s step-end}@keyframes smartupload-words{from{visibility:hidden}to{visibility:visible}}"


def _tag_spec(tag: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (tag,)


class LanguageMenu(ClientComponent):
    """A ``<select>`` in its label; nothing where there is but one language."""

    tag = "LanguageMenu"

    on_choose: rx.EventHandler[_tag_spec]


def language_menu(on_choose: rx.event.EventType[str] | None = None, **props: Any) -> Component:
    """The control by which a person chooses the language; it is kept in this browser for a year.

    Args:
        on_choose: called with the language (``de``) once the page speaks it: for what a state of yours has said in the one before.
        props: `class_name` goes to the label around the control.
    """
    return LanguageMenu.create(**props) if on_choose is None else LanguageMenu.create(on_choose=on_choose, **props)


def language_head() -> list[Component]:
    """For ``rx.App(head_components=…)``: without it a page that is not in English is seen in English for a moment.

    It is a script in the page: a content security policy has to know its hash.
    """
    languages = app_catalogues().languages()
    if len(languages) < 2:
        return []
    return [rx.el.style(_HIDDEN), rx.el.script(_HEAD % (json.dumps(languages), BASE))]
