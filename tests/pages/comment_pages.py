"""Pages written for these tests: one per family of mark-up for readers' comments, and articles that look like comments."""
# ruff: noqa: E501  mark-up is not wrapped

from __future__ import annotations

import json

ARTICLE = (
    "<h1>Bridge at Marwa reopened</h1><p>Engineers reopened the bridge at Marwa on Wednesday after nine months of repairs, "
    "the provincial council said in a statement read out on local radio.</p><p>Lorries with flour were the first to cross, "
    "followed by buses, while soldiers of the engineering corps looked on from both banks of the river.</p>"
)

ANSWERED = [("Ann", "First words.\nSecond line.", None, 0), ("Bo", "I differ.", 0, 1), ("Cy", "Third.", None, 0)]
"""The tree that most pages below show."""

PAGES = {
    "wordpress": """
        <div id="comments" class="comments-area"><h2 class="comments-title">3 thoughts on “Bridge”</h2><ol class="commentlist">
        <li class="comment even depth-1 parent" id="li-comment-11"><div id="comment-11" class="comment-body">
          <div class="comment-author vcard"><img class="avatar"><cite class="fn"><a href="x">Ann</a></cite>
          <span class="says">says:</span></div><div class="comment-meta commentmetadata"><a href="#11">May 3, 2012 at 4:45 pm</a>
          <a class="comment-edit-link">(Edit)</a></div><p>First <em>words</em>.</p><p>Second line.</p>
          <div class="reply"><a class="comment-reply-link">Reply</a></div></div>
          <ul class="children"><li class="comment odd alt depth-2" id="li-comment-12"><div id="comment-12" class="comment-body">
            <div class="comment-author vcard"><cite class="fn">Bo</cite> <span class="says">says:</span></div>
            <p>I differ.</p><div class="reply"><a>Reply</a></div></div></li></ul></li>
        <li class="comment depth-1" id="li-comment-13"><div id="comment-13"><div class="comment-author vcard">
          <cite class="fn">Cy</cite></div><p>Third.</p></div></li></ol>
        <div id="respond"><h3>Leave a Reply</h3><form><textarea></textarea><p>Your address will not be published.</p></form></div>
        </div>""",
    "wordpress html5": """
        <div class="comments-area" id="comments"><ol class="comment-list"><li id="comment-1" class="comment depth-1">
        <article id="div-comment-1" class="comment-body"><footer class="comment-meta"><div class="comment-author vcard">
        <b class="fn">Ann</b> <span class="says">says:</span></div><div class="comment-metadata"><a><time
        datetime="2012-05-03T16:45:00+02:00">May 3, 2012</time></a></div></footer><div class="comment-content"><p>First words.</p>
        <p>Second line.</p></div><div class="reply"><a>Reply</a></div></article><ol class="children">
        <li id="comment-2" class="comment depth-2"><article id="div-comment-2" class="comment-body"><footer class="comment-meta">
        <div class="comment-author vcard"><b class="fn">Bo</b></div></footer><div class="comment-content"><p>I differ.</p></div>
        </article></li></ol></li><li id="comment-3" class="comment depth-1"><article class="comment-body" id="div-comment-3"><footer
        class="comment-meta"><div class="comment-author vcard"><b class="fn">Cy</b></div></footer><div class="comment-content">
        <p>Third.</p></div></article></li></ol></div>""",
    "disqus": """
        <div id="disqus_thread"><div id="posts"><ul id="post-list" class="post-list">
        <li class="post" id="post-31"><div class="post-content"><div class="post-body"><header><span class="post-byline">
          <span class="author publisher-anchor-color"><a>Ann</a></span></span><span class="post-meta"><a class="time-ago"
          title="Thursday, May 3, 2012 4:45 PM">2 days ago</a></span></header><div class="post-message"><p>First words.</p>
          <p>Second line.</p></div><footer><ul><li class="voting"><a><span class="vote-count">12</span></a></li>
          <li class="reply"><a>Reply</a></li><li class="share">Share</li></ul></footer></div></div>
          <ul class="children"><li class="post" id="post-32"><div class="post-content"><header><span class="author">Bo</span>
          </header><div class="post-message"><p>I differ.</p></div></div><ul class="children"></ul></li></ul></li>
        <li class="post" id="post-33"><div class="post-content"><header><span class="author">Cy</span></header>
          <div class="post-message"><p>Third.</p></div></div></li></ul></div></div>""",
    "old disqus": """
        <div id="disqus_thread"><div id="dsq-content"><ul id="dsq-comments"><li class="comment depth-1" id="dsq-comment-1">
        <div class="dsq-comment-header" id="dsq-comment-header-1"><cite id="dsq-cite-1"><span>Ann</span></cite></div>
        <div class="dsq-comment-body"><div class="dsq-comment-message"><p>First words.</p><p>Second line.</p></div></div></li>
        <ul class="children"><li class="comment depth-2" id="dsq-comment-2"><div class="dsq-comment-header"><cite>Bo</cite></div>
        <div class="dsq-comment-body"><div class="dsq-comment-message"><p>I differ.</p></div></div></li></ul>
        <li class="comment depth-1" id="dsq-comment-3"><div class="dsq-comment-header"><cite>Cy</cite></div>
        <div class="dsq-comment-body"><div class="dsq-comment-message"><p>Third.</p></div></div></li></ul></div></div>""",
    "microdata": """
        <section><div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><span itemprop="author" itemscope><span
        itemprop="name">Ann</span></span> <time itemprop="dateCreated" datetime="2012-05-03">3 May</time>
        <div itemprop="text"><p>First words.</p><p>Second line.</p></div><meta itemprop="upvoteCount" content="3">
        <div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><span itemprop="author">Bo</span>
        <div itemprop="text">I differ.</div></div></div><div itemprop="comment" itemscope itemtype="http://schema.org/UserComments">
        <span itemprop="creator">Cy</span><div itemprop="commentText">Third.</div></div></section>""",
    "blogger": """
        <div class="comments" id="comments"><h4>3 comments:</h4><div id="comment-holder"><div class="comment-thread"><ol>
        <li class="comment" id="c11111"><div class="avatar-image-container"><img></div><div class="comment-block">
        <div class="comment-header"><cite class="user"><a>Ann</a></cite><span class="datetime"><a>May 3, 2012</a></span></div>
        <p class="comment-content">First words.<br>Second line.</p><span class="comment-actions"><a>Reply</a></span></div>
        <div class="comment-replies"><div class="comment-thread"><ol><li class="comment" id="c11112"><div class="comment-block">
        <div class="comment-header"><cite class="user">Bo</cite></div><p class="comment-content">I differ.</p></div></li></ol>
        </div></div></li><li class="comment" id="c11113"><div class="comment-block"><div class="comment-header">
        <cite class="user">Cy</cite></div><p class="comment-content">Third.</p></div></li></ol></div></div></div>""",
    "drupal": """
        <div id="comments"><h2>Comments</h2><a id="comment-71"></a><div class="comment odd"><div class="submitted">
        <span class="username">Ann</span></div><div class="content"><p>First words.</p><p>Second line.</p></div>
        <ul class="links"><li class="comment_reply"><a>reply</a></li></ul></div>
        <div class="indented"><a id="comment-72"></a><div class="comment even"><span class="username">Bo</span>
        <div class="content">I differ.</div></div></div>
        <a id="comment-73"></a><div class="comment odd"><span class="username">Cy</span><div class="content">Third.</div></div>
        </div>""",
    "parent ids": """
        <div class="thread"><div class="comment" data-id="7" data-parent-id="0"><span class="username">Ann</span>
        <div class="text">First words.<br>Second line.</div><button>Like</button></div><div class="comment" data-id="8"
        data-parent-id="7"><span class="username">Bo</span><div class="text">I differ.</div><button>Like</button></div>
        <div class="comment" data-id="9" data-parent-id=""><span class="username">Cy</span><div class="text">Third.</div>
        <button>Like</button></div></div>""",
    "indentation": """
        <div id="comments"><div class="comment" style="margin-left: 0px"><b class="author">Ann</b><div class="comment-text">
        First words.<br>Second line.</div></div><div class="comment" style="margin-left: 20px"><b class="author">Bo</b>
        <div class="comment-text">I differ.</div></div><div class="comment" style="margin-left: 0px"><b class="author">Cy</b>
        <div class="comment-text">Third.</div></div></div>""",
    "depth classes": """
        <div id="lf_comments"><div class="lf_comment_container lf_level_1"><a class="lf_comment_user_nick">Ann</a>
        <div class="lf_body">First words.<br>Second line.</div></div><div class="lf_comment_container lf_level_2">
        <a class="lf_comment_user_nick">Bo</a><div class="lf_body">I differ.</div></div><div class="lf_comment_container lf_level_1">
        <a class="lf_comment_user_nick">Cy</a><div class="lf_body">Third.</div></div></div>""",
    "data-depth": """
        <section class="comments"><article class="comment" data-depth="0"><h4 class="author">Ann</h4><p>First words.</p>
        <p>Second line.</p><a class="reply">Reply</a></article><article class="comment" data-depth="1"><h4 class="author">Bo</h4>
        <p>I differ.</p></article><article class="comment" data-depth="0"><h4 class="author">Cy</h4><p>Third.</p></article>
        </section>""",
    "plain nested lists": """
        <div id="comments"><h3>Comments</h3><ul><li><b>Ann</b>: First words.<br>Second line.<ul><li><b>Bo</b>: I differ.</li></ul>
        </li><li><b>Cy</b>: Third.</li></ul></div>""",
    "generic divs": """
        <div class="comments"><div class="comment"><div class="user">Ann</div><div class="body">First words.<br>Second line.</div>
        <div class="reply"><div class="user">Bo</div><div class="body">I differ.</div></div></div>
        <div class="comment"><div class="user">Cy</div><div class="body">Third.</div></div></div>""",
    "facebook": """
        <div class="fb-comments"><div class="fbFeedbackPost"><a class="profileName">Ann</a><div class="postText">First words.<br>
        Second line.</div><div class="fbFeedbackReplies"><div class="fbFeedbackReply"><a class="profileName">Bo</a>
        <div class="postText">I differ.</div></div></div></div><div class="fbFeedbackPost"><a class="profileName">Cy</a>
        <div class="postText">Third.</div></div></div>""",
}
FLAT = [("Ann", "First words.\nSecond line.", None, 0), ("Bo", "I differ.", None, 0), ("Cy", "Third.", None, 0)]
FLAT_PAGES = {
    "blogger list": """
        <div id="comments"><h4>3 comments:</h4><dl id="comments-block"><dt class="comment-author" id="c155653"><a>Ann</a> said...</dt>
        <dd class="comment-body"><p>First words.<br>Second line.</p></dd><dd class="comment-footer"><span class="comment-timestamp">
        May 3, 2012 4:45 PM</span></dd><dt class="comment-author"><a>Bo</a> said...</dt><dd class="comment-body"><p>I differ.</p></dd>
        <dt class="comment-author"><a>Cy</a> said...</dt><dd class="comment-body"><p>Third.</p></dd></dl></div>""",
    "typepad": """
        <div id="all-comments" class="comments"><div class="comments-content"><a id="c6a001"></a><div id="comment-6a00d83451b1"
        class="comment"><div class="comment-content"><p>First words.</p><p>Second line.</p></div><p class="comment-footer">
        Posted by: <a>Ann</a> | <a>May 3, 2012 at 04:45 PM</a></p></div><a id="c6a002"></a><div id="comment-6a00d83451b2"
        class="comment"><div class="comment-content"><p>I differ.</p></div><p class="comment-footer">Posted by: <a>Bo</a> |
        <a>May 4, 2012</a></p></div><div id="comment-6a00d83451b3" class="comment"><div class="comment-content"><p>Third.</p></div>
        <p class="comment-footer">Posted by: <a>Cy</a> | <a>May 5, 2012</a></p></div></div></div>""",
    "movable type": """
        <h2 id="comments">Comments (3)</h2><a id="c109620"></a><p>First words.</p><p>Second line.</p><p class="posted">Posted by:
        <a>Ann</a> at May 3, 2012 04:45 PM</p><a id="c109621"></a><p>I differ.</p><p class="posted">Posted by: <a>Bo</a> at May 4,
        2012</p><a id="c109622"></a><p>Third.</p><p class="posted">Posted by: <a>Cy</a> at May 5, 2012</p><h2>Post a comment</h2>""",
    "vbulletin": """
        <ol id="posts"><li class="postbitlegacy" id="post_1"><span class="date">3 May 2012</span><div class="userinfo"><a class="username">Ann</a></div><div
        class="postbody"><blockquote class="postcontent">First words.<br>Second line.</blockquote></div></li><li class="postbitlegacy"
        id="post_2"><span class="date">4 May 2012</span><div class="userinfo"><a class="username">Bo</a></div><div class="postbody"><blockquote class="postcontent">
        I differ.</blockquote></div></li><li class="postbitlegacy" id="post_3"><div class="userinfo"><a class="username">Cy</a>
        </div><div class="postbody"><blockquote class="postcontent">Third.</blockquote></div></li></ol>""",
    "squarespace": """
        <div class="journal-comment-area"><div class="comment-wrapper"><div class="comment" id="comment191501"><div class="body">
        First words.<br>Second line.</div><div class="signature">May 3, 2012 | <span>Ann</span></div></div></div><div
        class="comment-wrapper"><div class="comment" id="comment191502"><div class="body">I differ.</div><div class="signature">
        May 4, 2012 | <span>Bo</span></div></div></div><div class="comment-wrapper"><div class="comment" id="comment191503">
        <div class="body">Third.</div><div class="signature">May 5, 2012 | <span>Cy</span></div></div></div></div>""",
}
LD = [
    {
        "@type": "Comment",
        "@id": "#1",
        "text": "First words.\nSecond line.",
        "author": {"@type": "Person", "name": "Ann"},
    },
    {"@type": "Comment", "@id": "#2", "text": "I differ.", "author": {"name": "Bo"}, "parentItem": {"@id": "#1"}},
    {
        "@type": "Comment",
        "@id": "#3",
        "text": "Third.",
        "author": "Cy",
        "parentItem": {"@type": "NewsArticle", "@id": "#a"},
    },
]
PAGES["json-ld"] = f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "comment": LD})}</script>'
NESTED = [LD[0] | {"comment": [{"@type": "Comment", "text": "I differ.", "author": "Bo"}]}, LD[2]]
PAGES["nested json-ld"] = (
    f'<script type="application/ld+json">{json.dumps([{"@type": "BlogPosting", "comment": NESTED}])}</script>'
)

OPINION = "".join(
    f"<p>The argument for the bridge, part {n}, is that flour reaches the far bank before the winter does.</p>"
    for n in range(9)
)
ARTICLES = {
    "count": f'<article><h1>Flour</h1><span class="comment-count">12 comments</span><div class="post comment-count">{OPINION}</div></article>',
    "opinion section": f'<body class="comment comments-open"><section class="comment"><h1>Flour</h1><div class="comment">{OPINION}</div></section>',
    "article class comment": f'<article class="comment" id="comment"><h1>Flour</h1><div class="comment-body">{OPINION}</div></article>',
    "no headline": f'<div class="comment"><div class="comment-text">{OPINION}</div></div>',
    "empty area inside": f'<article class="comment">{OPINION}<div id="comments"><p>No comments yet.</p></div></article>',
    "area around all": f'<div id="comments" class="comments">{OPINION}<div class="comment" id="comment-1"><b class="author">Ann</b><p>Hm.</p></div></div>',
    "analyst's notes": f'<h1>Flour</h1><div class="analyst-comment">{OPINION}</div><div class="link-comments"><a>Comments</a></div>',
    "typo3": f'<h1>Flour</h1><div id="c1234">{OPINION}</div><div id="c1235"><p>Flour is milled wheat.</p></div>',
    "article body": f'<div class="comments-wrapper"><div itemprop="articleBody">{OPINION}</div></div>',
    "post list": f'<h1>Flour</h1>{OPINION}<ul class="post-list"><li class="post"><h3>Winter</h3><p>It comes.</p></li></ul>',
}
