"""What WhatsApp writes behind U+200E on iPhones, and what its system lines say, in its phones' languages."""

from __future__ import annotations

import re
from typing import Final

from joindots.evidence.readers.whatsapp.sentences import plain

_OMITTED: Final = {
    "image": """
image omitted|photo omitted|image absente|image omise|immagine omessa|imagem não revelada|imagem ocultada|imagem omitida
imagen omitida|Bild weggelassen|Bild ausgelassen|afbeelding weggelaten|obraz pominięty|pominięto obraz|pominięto zdjęcie
zdjęcie pominięte|Imagine omisă|imagine omisa|görüntü dahil edilmedi|لم يتم إدراج الصورة|تم استبعاد الصورة|تصویر نکال دی گئی ہے
ਚਿੱਤਰ ਛੱਡਿਆ ਗਿਆ|ਤਸਵੀਰ ਛੱਡੀ ਗਈ|ইমেজ বাদ দেওয়া হয়েছে|ছবি বাদ দেওয়া হয়েছে|છબી પડતી મૂકાઈ|圖片已略去|圖像已省略|照片已忽略|图片已省略|圖片已省略|图像已忽略|फ़ोटो हटाई गई|इमेज वगळली
изображение отсутствует|зображення відсутнє|画像は含まれていません|画像は省略されました|이미지 생략됨|התמונה הושמטה|تصویر حذف شد
gambar tidak disertakan|imej tidak dimasukkan|đã bỏ qua hình ảnh|ไม่มีรูปภาพ|εικόνα παραλείφθηκε|bild utesluten|bild utelämnad
bilde ikke inkludert|bilde utelatt|billede udeladt|ei kuvaa|kuva jätetty pois|obrázek vynechán|obrázok vynechaný
kép küldése sikertelen|kép kihagyva|slika izostavljena|Imatge omesa|íomhá ligthe ar lár""",
    "video": """
video omitted|vidéo absente|vidéo omise|video omesso|vídeo não revelado|vídeo omitido|vídeo ocultado|Video omitido
Video weggelassen|video weggelaten|wideo pominięte|pominięto wideo|clip video omis|video omis|video dahil edilmedi
لم يتم إدراج الفيديوهات|لم يتم إدراج الفيديو|تم استبعاد الفيديو|ویڈیو نظرانداز|ਵੀਡੀਓ ਛੱਡਿਆ ਗਿਆ|ভিডিও বাদ দেওয়া হয়েছে|વિડિયો પડતી મુકાઈ|影片已略去|影片已省略|视频已忽略|视频已省略|वीडियो छोड़ा गया|व्हिडीओ वगळला
видео отсутствует|відео відсутнє|ビデオは含まれていません|動画は省略されました|비디오 생략됨|동영상 생략됨|סרטון הווידאו הושמט|ویدیو حذف شد
video tidak disertakan|video tidak dimasukkan|đã bỏ video|วิดีโอถูกลบ|βίντεο παραλείφθηκε|video utesluten|video utelatt
video udeladt|videota ei sisällytetä|video vynecháno|video vynechané|Videó kihagyva|video izostavljen|vídeo omès
video note omitted|Video message omitted|görüntülü not çıkarıldı""",
    "audio": """
audio omitted|voice message omitted|audio omis|audio absent|audio omesso|ficheiro de áudio não revelado|áudio ocultado|áudio omitido
audio omitido|Audio weggelassen|audio weggelaten|audio pominięte|pominięto audio|fără audio|audio omisă|ses dahil edilmedi
لم يتم إدراج المقاطع الصوتية|لم يتم إدراج المقطع الصوتي|تم استبعاد الصوت|آڈیو نظرانداز|ਆਡੀਓ ਛੱਡੀ ਗਈ|অডিও বাদ দেওয়া হয়েছে|ઓડિયો ફાઇલ શામેલ કરી નથી|音訊已略去|音訊已省略|音频已忽略|音频已省略|語音訊息已省略|ऑडियो हटाई गयी|ऑडिओ वगळला
аудиофайл отсутствует|аудио отсутствует|аудіо відсутнє|音声は含まれていません|音声メッセージは省略されました|오디오 생략됨|קטע קול הושמט|صدا حذف شد
audio tidak disertakan|audio tidak dimasukkan|bỏ qua tệp âm thanh|ไม่มีไฟล์เสียง|ήχος παραλείφθηκε|ljud utelslutet|ljud uteslutet
lyd utelatt|lyd udeladt|äänitiedostoa ei sisällytetä|zvukový soubor vynechán|zvuk vynechaný|Hang kihagyása|zvuk izostavljen|Àudio omès""",
    "sticker": """
sticker omitted|sticker omis|sticker absent|sticker non incluso|sticker omesso|sticker não revelado|figurinha omitida|sticker omitido
Sticker weggelassen|sticker weggelaten|pominięto naklejkę|naklejka pominięta|sticker omisă|autocolant omis|Çıkartma dahil edilmedi
تم حذف الملصقات|لم يتم إدراج الملصق|تم استبعاد الملصق|اسٹیکر نظرانداز|ਸਟਿੱਕਰ ਛੱਡਿਆ ਗਿਆ|স্টিকার বাদ দেওয়া হয়েছে|સ્ટીકર પડતું મુકાયું|貼圖已略去|貼圖已忽略|貼圖已省略|贴图已省略|स्टिकर छोड़ा गया|स्टिकर वगळले
стикер не добавлен|стикер отсутствует|Наклейку не додано|スタンプは含まれていません|スタンプは省略されました|스티커 제외됨|스티커 생략됨|סטיקר הושמט|استیکر حذف شد
stiker tidak disertakan|pelekat tidak disertakan|đã bỏ sticker|ไม่มีสติกเกอร์|αυτοκόλλητο παραλήφθηκε|sticker utesluten|klistremerke utelatt
klistermærke udeladt|tarraa ei sisällytetty|nálepka vynechána|nálepka vynechaná|matrica kihagyva|naljepnica izostavljena|adhesiu omès""",
    "gif": """
GIF omitted|GIF retiré|GIF absent|GIF esclusa|GIF omesso|GIF omessa|GIF não revelada|GIF omitido|GIF omitida|GIF weggelassen
GIF weggelaten|Plik GIF pominięty|pominięto GIF|GIF pominięty|GIF omis|GIF dahil edilmedi|لم يتم إدراج صورة GIF|GIF نظرانداز|GIF ਛੱਡਿਆ ਗਿਆ
জিআইএফ বাদ দেওয়া হয়েছে|GIF বাদ দেওয়া হয়েছে|GIF પડતી મૂકાઈ|GIF 已略去|GIF 圖片已被省略|GIF 动态图已被忽略|GIF已省略|GIF छोड़ा गया|GIF वगळले|GIF отсутствует|GIF-анімацію пропущено
GIFは含まれていません|GIFは省略されました|GIF 생략됨|GIF הושמט|GIF حذف شد|GIF tidak disertakan|GIF tidak dimasukkan|Đã bỏ qua ảnh GIF|ละเว้น GIF|Παράληψη GIF
GIF utesluten|GIF utelatt|GIF udeladt|GIF-animaatio jätetty pois|GIF vynechán|GIF vynechaný|GIF fájl kihagyása|GIF izostavljen|GIF omès""",
    "contact": """
Contact card omitted|Fiche contact manquante|fiche contact absente|Scheda contatto omessa|Contacto não revelado|Cartão do contato omitido
Tarjeta de contacto omitida|Kontaktkarte ausgelassen|Kontaktkarte weggelassen|Visitekaartje weggelaten|Contactkaart weggelaten
Pominięta wizytówka kontaktu|wizytówka pominięta|Carte de vizită contact omisă|Kişi kartı dahil edilmedi|لم يتم إدراج بطاقة جهة اتصال
تم استبعاد جهة الاتصال|رابطہ کارڈ نظر انداز|ਸੰਪਰਕ ਕਾਰਡ ਛੱਡਿਆ ਗਿਆ|পরিচিতির কার্ড বাদ দেওয়া হয়েছে|સંપર્કનું કાર્ડ પડતું મૂકાયું|聯絡人卡片已略去|聯絡人卡片已省略|聯絡人名片已省略|联系人卡片已忽略|联系人名片已省略|कॉन्टैक्ट कार्ड छोड़ा गया
Карточка контакта отсутствует|Картка контакту відсутня|連絡先カードを省略|連絡先カードは省略されました|연락처 카드 생략됨|כרטיס איש קשר הושמט|برگ مخاطب حذف شد|Kartu kontak tidak disertakan
Kad kenalan tidak dimasukkan|Bỏ qua thẻ liên lạc|บัตรรายชื่อที่ละเว้น|Η κάρτα επαφής παραλήφθηκε|Kontaktkort uteslutet|Kontaktkort sløyfet
Kontaktkort udeladt|Yhteystietokortti jätettiin pois|Vizitka vynechána|Karta kontaktu vynechaná|Névjegykártya kihagyva|Posjetnica izostavljena""",
    "document": """
document omitted|document manquant|document absent|document omis|documento omesso|documento não revelado|documento omitido|documento ocultado
Dokument weggelassen|Dokument ausgelassen|document weggelaten|dokument pominięty|pominięto dokument|belge dahil edilmedi
لم يتم إدراج المستند|تم استبعاد المستند|دستاویز نظرانداز|ਦਸਤਾਵੇਜ਼ ਛੱਡਿਆ ਗਿਆ|ডকুমেন্ট বাদ দেওয়া হয়েছে|ડોક્યુમેન્ટ સામેલ કર્યું નહિ|文件已略去|文件已忽略|文件已省略|文档已省略|डॉक्यूमेंट छोड़ा गया|डॉक्युमेंट वगळले
документ отсутствует|документ пропущено|ドキュメントは含まれていません|文書は省略されました|문서 생략됨|מסמך הושמט|سند حذف شد|dokumen tidak disertakan
dokumen tidak dimasukkan|đã bỏ qua tài liệu|ละเว้นเอกสาร|έγγραφο παραλείφθηκε|dokument uteslutet|utelatt dokument|dokument udeladt
dokumenttia ei sisällytetä|dokument vynechán|dokument vynechaný|dokumentum kihagyva|dokument izostavljen|Document omès""",
}

OMITTED_TYPES: Final = {
    plain(part): kind for kind, text in _OMITTED.items() for part in re.split(r"[|\n]", text) if part.strip()
}
"""Each sentence that stands for a file left out, with the kind of file."""

_TYPE_STEMS: Final = {
    "gif": "gif|জিআইএফ",
    "sticker": "sticker|figurinha|naklejk|çıkartma|autocolant|ملصق|اسٹیکر|ਸਟਿੱਕਰ|স্টিকার|સ્ટીકર|સ્ટિકર|贴图|貼圖|स्टिकर|स्टीकर",
    "contact": "contact|contacto|contato|contatto|kontakt|visitekaartje|wizytówk|kişi|جهة اتصال|رابطہ|ਸੰਪਰਕ|পরিচিতি|સંપર્ક|联系人|聯絡人|कॉन्टैक्ट|संपर्क",
    "document": "document|dokument|belge|مستند|دستاویز|ਦਸਤਾਵੇਜ਼|ডকুমেন্ট|ડોક્યુમેન્ટ|文件|文档|文檔|डॉक्यूमेंट|दस्तावेज़",
    "video": "video|vídeo|vidéo|wideo|فيديو|ویڈیو|ਵੀਡੀਓ|ভিডিও|વિડિ|વીડિ|视频|影片|視訊|वीडियो|विडियो",
    "audio": "audio|áudio|voice|głosow|ses dahil|الصوت|آڈیو|ਆਡੀਓ|অডিও|ઓડિ|音频|音訊|语音|語音|ऑडियो",
    "image": "image|photo|imagem|imagen|immagine|bild|foto|afbeelding|obraz|zdjęci|grafik|imagine|görüntü|fotoğraf|الصورة|تصویر|ਤਸਵੀਰ|ਚਿੱਤਰ|ਫੋਟੋ|ছবি|ইমেজ|ફોટો|છબી"
    "|图像|图片|圖片|圖像|照片|相片|फ़ोटो|फोटो|तस्वीर|इमेज",
}
_OUT = (
    "omitted|omis|omess|omitid|ocult|absent|manquant|non inclus|não revelad|weggelassen|ausgelassen|ausgeschlossen|weggelaten|"
    "pominięt|dahil edilmedi|çıkarıldı|atlan|استبعاد|لم يتم إدراج|تم حذف|نظر ?انداز|چھوڑ|شامل نہیں|ہٹا|نکال|ਛੱਡ|ਸ਼ਾਮਲ ਨਹੀਂ|বাদ দ|"
    "পড়েছে|પડત|અવગણ|છોડ|શામેલ ક|સામેલ ક|忽略|略去|省略|छोड़|हटा|वगळ|शामिल नहीं|के बिना"
)
_MEDIA = (
    "media|medien|média|multimédia|mídia|medya|وسائط|میڈیا|ਮੀਡੀਆ|মিডিয়া|মিডিয়া|মিডিয়া|મીડિયા|મિડિયા|मीडिया|媒体|媒體|影音|fișier|ficheiro|"
    "archivo|fichier|arquivo|medii"
)
_LEFT_OUT = re.compile(_OUT)
_SOME_MEDIA = re.compile(_MEDIA)
_BY_STEM: Final = {kind: re.compile(stems) for kind, stems in _TYPE_STEMS.items()}
_LONGEST_LEFT_OUT: Final = 60
EDITED: Final = re.compile(
    r"^(?=.*(?:message|nachricht|mensaje|mensagem|messaggio|bericht|wiadomoś|mesaj|الرسالة|میسج|پیغام|ਸੁਨੇਹ|মেসেজ|বার্তা|મેસેજ|સંદેશ|消息|訊息|मैसेज|संदेश))"
    r"(?=.*(?:edit|bearbeit|modifi|bewerkt|edytowan|zmienion|düzenlen|تعديل|تحرير|ایڈٹ|ترمیم|ਸੋਧ|ਸੰਪਾਦਿ|এডিট|সম্পাদ|ફેરફાર|એડિટ|编辑|編輯|बदलाव|एडिट|संपादित)).{6,60}$"
)
"""A sentence, in angle brackets behind a message, on its having been edited: by two words that it must hold."""


def left_out(key: str) -> bool:
    """Whether a plain sentence says that something was left out."""
    return len(key) <= _LONGEST_LEFT_OUT and bool(_LEFT_OUT.search(key))


def left_out_type(key: str) -> str | None:
    """The kind of file for which a plain sentence behind U+200E stands, told by the two words it must hold."""
    if not left_out(key):
        return None
    return next((kind for kind, stems in _BY_STEM.items() if stems.search(key)), None)


def leaves_media_out(key: str) -> bool:
    """Whether a plain sentence in angle brackets says that media were left out: it must hold a word of each."""
    return left_out(key) and bool(_SOME_MEDIA.search(key))


_ENCRYPTION = (
    "end-to-end|ende-zu-ende|bout en bout|extremo a extremo|ponta a ponta|ponta-a-ponta|ponto a ponto|szyfrowan|zaszyfrowan|"
    "criptate integral|criptare integrală|uçtan uca|التشفير|مشفرة|مشفّرة|اینڈ ٹو اینڈ|رمزکاری|এন্ড-টু-এন্ড|দুই দিক থেকে|"
    "શરૂથી અંત|શરૂઆતથી અંત|એન્ડ-ટુ-એન્ડ|端到端|端對端|एंड-टू-एंड|शुरू से अंत|ਸਿਰੇ ਤੋਂ ਸਿਰੇ|ਐਂਡ-ਟੂ-ਐਂਡ|сквозным|наскрізним|"
    "エンドツーエンド|종단간|מקצה|رمزگذاری|hujung ke hujung|mã hóa đầu cuối|ปลายทาง|κρυπτογραφ|komplett krypter|koncovým šifr|"
    "sicherheitsnummer|security code|code de sécurité|código de seguridad|código de segurança|codice di sicurezza|"
    "beveiligingscode|kod zabezpieczeń|codul dvs. de securitate|codul de securitate|güvenlik kodu|رمز أمانك|رمز الأمان|"
    "سیکیورٹی کوڈ|নিরাপত্তা কোড|સુરક્ષા કોડ|安全代碼|安全码|安全碼|安全代码|सुरक्षा कोड|ਸੁਰੱਖਿਆ ਕੋਡ|код безопасности|код безпеки"
)
_OTHER_THINGS = (
    "disappearing messages|message timer|selbstlöschende nachrichten|messages éphémères|mensajes temporales|"
    "mensagens temporárias|messaggi effimeri|zelfwissende berichten|verdwijnende berichten|znikające wiadomości|"
    "mesaje temporare|süreli mesajlar|الرسائل المؤقتة|business account|official business|secure service from meta|"
    "advanced chat privacy|admin approval|group's settings|group’s settings|group settings|invite link|"
    "einladungslink|lien d'invitation|enlace de invitación|link de convite|link d'invito|uitnodigingslink|davet bağlantı"
)

_SYSTEM_WHOLE = (
    r"(?:you|.+) (?:created|changed|deleted|left|added|removed|pinned|unpinned|joined|updated|turned (?:on|off)|started|reset)"
    r"(?:$| (?:the|this|their|a|an|you|group|from|to|using|via|by|off|on|message)\b.*|\s[“\"].*)"
    r"|.+ (?:left|joined|was added|was removed|were added|were removed)"
    r"|(?:you|.+) (?:added|removed|invited) .+|you(?:'|’)re (?:now|no longer) an admin.*|you (?:blocked|unblocked) this .*"
    r"|you (?:blocked|unblocked) .+|.+ changed to .+|.+ changed their phone number.*|.+ is (?:a contact|not a contact).*"
    r"|this (?:chat|business|group|community|message thread) .*|your (?:security|chat) .*|group creator created .*"
    r"|.+ (?:requested to join|reset this group.*|pinned a message|changed the group .*)"
    r"|(?:du|.+) (?:hast|hat) (?:die gruppe|diese gruppe|den betreff|das gruppenbild|die gruppenbeschreibung|diesen kontakt)"
    r" .*|.+ (?:hat|hast) .+ (?:hinzugefügt|entfernt|erstellt|blockiert|geändert|gewechselt).*"
    r"|.+ ist über den .* beigetreten|.+ hat die gruppe verlassen"
    r"|.+ (?:a créé|avez créé|a ajouté|avez ajouté|a quitté|a changé|a modifié|a retiré|avez bloqué|avez débloqué|a rejoint)\b.*"
    r"|.+ (?:creó|creaste|añadió|añadiste|agregó|salió|cambió|cambiaste|eliminó a|bloqueaste|desbloqueaste|se unió)\b.*"
    r"|(?:creaste|bloqueaste|desbloqueaste|cambiaste|añadiste|cambió) .*"
    r"|.+ (?:criou|adicionou|saiu|mudou|alterou|removeu|bloqueou|desbloqueou|entrou)\b.*"
    r"|.+ (?:ha creato|hai creato|ha aggiunto|hai aggiunto|ha abbandonato|ha modificato|hai modificato|ha cambiato|ha rimosso)"
    r"\b.*|hai (?:bloccato|sbloccato|creato|modificato|aggiunto) .*"
    r"|.+ (?:heeft|hebt) .+ (?:toegevoegd|aangemaakt|gemaakt|gewijzigd|verwijderd|verlaten|geblokkeerd|gedeblokkeerd).*"
    r"|.+ (?:utworzył|utworzyła|dodał|dodała|opuścił|opuściła|zmienił|zmieniła|usunął|usunęła|zablokował\S*|dołączył\S*)\b.*"
    r"|.+ (?:a creat|ați creat|a adăugat|a ieșit|a părăsit|a schimbat|a eliminat|ați blocat|s-a alăturat)\b.*"
    r"|.+ (?:grubu oluşturdu|ekledi|ayrıldı|çıkardı|katıldı|değiştirdi|engellediniz|değişti).*"
)
ENCRYPTION: Final = tuple(_ENCRYPTION.split("|"))
"""Parts of sentences on encryption and security codes, which nobody's name holds."""
_ANYWHERE = (*ENCRYPTION, *_OTHER_THINGS.split("|"))
_WHOLE = re.compile(rf"^(?:{_SYSTEM_WHOLE})$", re.DOTALL)


def is_system(key: str) -> bool:
    """Whether a plain sentence is a system line. Only asked where the shape says so already, or is in doubt."""
    return any(part in key for part in _ANYWHERE) or bool(_WHOLE.match(key))


GROUP: Final = re.compile(
    r"^.+ (?:left|added .+|joined.*|was added|was removed)$|(?:created (?:this )?group|created group|group creator|changed the (?:subject|group)|this group|added you|joined using|"
    r"you're now an admin|you’re now an admin|die gruppe|diese gruppe|le groupe|ce groupe|el grupo|este grupo|o grupo|il gruppo|"
    r"questo gruppo|de groep|deze groep|grupę|grupy|grupul|grubu|grubun|المجموعة|গ্রুপ|ગ્રૂપ|群组|群組|ग्रुप|ਗਰੁੱਪ|گروپ)"
)
"""Words of a system line that only a group has."""

NEW_NUMBER: Final = re.compile(
    r"^(?P<old>.+?) (?:changed to|changed their (?:phone )?number to(?! a new)|hat zu|a changé (?:de numéro )?pour|cambió a|"
    r"ha cambiado a|mudou para|ha cambiato (?:numero )?in|is gewijzigd naar|zmienił\(a\) numer na|zmienia numer na|"
    r"a schimbat numărul în|şu numarayla değiştirdi:) (?P<new>.+?)(?: gewechselt)?\.?$"
)
"""A system line that names a person's old and new number."""

SUBJECT: Final = re.compile(
    r"(?:created group|created this group|changed the subject (?:from .+ )?to|changed the group name (?:from .+ )?to|"
    r"hat die gruppe|hast die gruppe|a créé le groupe|creó el grupo|criou o grupo|ha creato il gruppo)"
    r"\s+[“\"„«‘'](?P<subject>[^\n]+?)[”\"“»’'](?:\s+erstellt)?\.?$",
    re.IGNORECASE,
)
"""A system line that gives the group its name."""

CALL: Final = re.compile(
    r"^(?P<what>(?:group )?(?:voice|video) call)[,.]?\s*(?P<how>no answer|declined|cancell?ed|call failed|answered on (?:an)?other device|"
    r"tap to call back|click to call back|(?:\d+ (?:sec|secs|min|mins|hr|hrs|hour|hours|minutes?|seconds?)[,. ]*)+"
    r"(?:[•·,]? ?\d+ joined)?)?(?:[•·,.] ?.*)?$"
)
"""An iPhone's line for a call that was not missed."""

SURE_WORDS: Final = tuple(
    map(
        plain,
        (
            "end-to-end encrypted|Ende-zu-Ende-verschlüsselt|bout en bout|extremo a extremo|ponta a ponta|crittografia end-to-end|"
            "crittografati end-to-end|end-to-end versleuteld|w pełni zaszyfrowane|szyfrowane end-to-end|criptate integral|"
            "uçtan uca şifreli|مشفرة تمامًا|<media omitted>|<medien ausgeschlossen>|<médias omis>|<multimedia omitido>|"
            "<mídia oculta>|<media omessi>|<media weggelaten>|<pominięto multimedia>|(file attached)|whatsapp|"
            "(datei angehängt)|(archivo adjunto)|(fichier joint)"
        ).split("|"),
    )
)
"""Words by which a single line of a file shows that WhatsApp wrote it."""
