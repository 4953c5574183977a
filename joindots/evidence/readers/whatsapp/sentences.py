"""What WhatsApp itself writes into an export, in the languages of its phones. Data, and how it is matched."""

from __future__ import annotations

import re
from typing import Final

from joindots.evidence.readers.whatsapp.clock_words import MARKS, SPACES

_MARKED = re.compile(f"[{MARKS}]+")
_SPACED = re.compile(f"[{SPACES}]")


def plain(text: str) -> str:
    """A sentence for comparing: no marks, ordinary spaces, no capitals, no full stop at its end."""
    if not text.isascii():
        text = _SPACED.sub(" ", _MARKED.sub("", text))
    return text.strip().rstrip(".。।۔").rstrip().casefold()


_exact: set[str] = {"", "null"}


def _set(text: str) -> frozenset[str]:
    parts = [part.strip() for part in re.split(r"[|\n]", text) if part.strip()]
    _exact.update(part + end for part in parts for end in ("", ".", "。", "।", "۔"))
    return frozenset(map(plain, parts))


DELETED: Final = _set("""
This message was deleted|This message has been deleted|Message deleted|This message was deleted by an admin
Diese Nachricht wurde gelöscht|Ce message a été supprimé|Questo messaggio è stato eliminato
Questo messaggio è stato cancellato|Esta mensagem foi apagada|Mensagem apagada|Esta mensagem foi eliminada
Esta mensagem foi apagada pelo remetente|Se eliminó este mensaje|Este mensaje fue eliminado
Este mensaje se eliminó|Dit bericht is verwijderd|Ta wiadomość została usunięta|Usunięto tę wiadomość
Acest mesaj a fost șters|Acest mesaj a fost şters|Bu mesaj silindi|Bu ileti silindi|تم حذف هذه الرسالة
یہ میسج حذف کر دیا گیا ہے|یہ پیغام حذف کیا گیا|یہ پیغام حذف کر دیا گیا|ਇਸ ਸੁਨੇਹੇ ਨੂੰ ਹਟਾਇਆ ਗਿਆ|ਇਹ ਸੁਨੇਹਾ ਮਿਟਾਇਆ ਗਿਆ ਸੀ
ਇਹ ਸੁਨੇਹਾ ਮਿਟਾ ਦਿੱਤਾ ਗਿਆ ਹੈ|এই মেসেজটি বাদ দেওয়া হয়েছে|এই মেসেজটি বাদ দেওয়া হয়েছে
এই বার্তাটি মুছে ফেলা হয়েছে|এই মেসেজটি মুছে ফেলা হয়েছে|આ મેસેજ ડિલીટ કરાયો|આ સંદેશ રદ્દ કરાયો
આ મેસેજ ડિલીટ કરવામાં આવ્યો હતો|此訊息已刪除|这条消息已被删除|此消息已删除|信息已删除|此消息已被删除|यह मैसेज डिलीट कर दिया गया है
यह संदेश मिटाया गया|यह मैसेज मिटा दिया गया|इस मैसेज को मिटा दिया गया|یہ میسج حذف کر دیا گیا|Данное сообщение удалено|Это сообщение удалено|Сообщение удалено
Це повідомлення було видалено|Це повідомлення видалено|このメッセージは削除されました|이 메시지는 삭제되었습니다
삭제된 메시지입니다|הודעה זו נמחקה|ההודעה נמחקה|این پیام حذف شده است|این پیام حذف شد|Pesan ini dihapus
Pesan ini telah dihapus|Mesej ini telah dipadam|Tin nhắn này đã bị xóa|Tin nhắn này đã bị xoá|ข้อความนี้ถูกลบแล้ว|ข้อความนี้ได้ถูกลบ
Αυτό το μήνυμα διαγράφηκε|Detta meddelande raderades|Det här meddelandet raderades
Det här meddelandet har tagits bort|Denne besked er blevet slettet|Denne besked blev slettet
Denne meldingen ble slettet|Denne meldingen er slettet|Tämä viesti poistettiin|Tato zpráva byla smazána
Tato zpráva byla odstraněna|Táto správa bola odstránená|Ez az üzenet törlésre került|Ezt az üzenetet törölték
Ova je poruka izbrisana|Ova poruka je izbrisana|To sporočilo je bilo izbrisano|Съобщението беше изтрито
Това съобщение беше изтрито|Ова порука је обрисана|Оваа порака беше избришана|Aquest missatge s'ha suprimit
Aquest missatge s’ha suprimit|Ši žinutė buvo ištrinta|Šī ziņa tika izdzēsta|See sõnum on kustutatud
Ujumbe huu ulifutwa|हा मेसेज हटवण्यात आला|இந்தச் செய்தி நீக்கப்பட்டது|இத்தகவல் திரும்பப்பெறப்பட்டது|ഈ സന്ദേശം ഇല്ലാതാക്കിയതാണ്|ಈ ಸಂದೇಶವು ಅಳಿಸಲ್ಪಟ್ಟಿದೆ
Itong mensahe ay binura na|Bu ismarıc silindi|Bu mesaj silinib|Ushbu xabar o‘chirildi|Бұл хат жойылды|Ky mesazh është fshirë
Hierdie boodskap was uitgevee|Mesazhi u fshi|Scriosadh an teachtaireacht seo
""")
"""Stands where a message stood that its sender took back."""

YOU_DELETED: Final = _set("""
You deleted this message|You deleted this message as admin|Du hast diese Nachricht gelöscht
Sie haben diese Nachricht gelöscht|Vous avez supprimé ce message|Tu as supprimé ce message
Hai eliminato questo messaggio|Hai cancellato questo messaggio|Você apagou esta mensagem|Apagou esta mensagem
Apagaste esta mensagem|Eliminou esta mensagem|Eliminaste este mensaje|Has eliminado este mensaje
Eliminó este mensaje|Je hebt dit bericht verwijderd|U hebt dit bericht verwijderd|U heeft dit bericht verwijderd
Usunąłeś(-ęłaś) tę wiadomość|Usunąłeś(aś) tę wiadomość|Usunąłeś tę wiadomość|Usunęłaś tę wiadomość
Usunięto przez Ciebie tę wiadomość|Ta wiadomość została usunięta przez Ciebie|您已删除此消息|आपने यह मैसेज मिटाया|आपने यह मैसेज मिटा दिया|Ați șters acest mesaj|Ai șters acest mesaj|Aţi şters acest mesaj
Bu mesajı sildiniz|Bu mesajı sildin|لقد حذفت هذه الرسالة|لقد حذَفت هذه الرسالة|أنت حذفت هذه الرسالة|حذفت هذه الرسالة
آپ نے یہ میسج حذف کر دیا ہے|آپ نے یہ میسج حذف کر دیا|آپ نے اس پیغام کو حذف کیا|ਤੁਸੀਂ ਇਹ ਸੁਨੇਹਾ ਹਟਾਇਆ|ਤੁਸੀਂ ਇਹ ਸੁਨੇਹਾ ਮਿਟਾਇਆ
ਤੁਸੀਂ ਇਹ ਸੁਨੇਹਾ ਮਿਟਾ ਦਿੱਤਾ ਹੈ|আপনি এই মেসেজটি বাদ দিয়েছেন|আপনি এই বার্তাটি মুছে ফেলেছেন|আপনি এই মেসেজটি মুছে ফেলেছেন
તમે આ મેસેજ ડિલીટ કર્યો|તમે આ સંદેશને રદ્દ કર્યો|您已刪除此訊息|您已删除这条消息|您删除了这条消息|您刪除了這則訊息|你已刪除此訊息|你删除了这条消息
您删除这个信息|आपने यह मैसेज डिलीट किया|आपने यह संदेश मिटाया|Вы удалили данное сообщение|Вы удалили это сообщение
Ви видалили це повідомлення|このメッセージを削除しました|이 메시지를 삭제했습니다|삭제한 메시지입니다|מחקת את ההודעה הזו|מחקת הודעה זו
شما این پیام را حذف کردید|Anda menghapus pesan ini|Anda telah menghapus pesan ini|Anda telah memadamkan mesej ini
Bạn đã xóa tin nhắn này|Bạn đã xoá tin nhắn này|คุณได้ลบข้อความนี้|คุณลบข้อความนี้|Διαγράψατε αυτό το μήνυμα
Διαγράψατε το μήνυμα|Du raderade det här meddelandet|Du har tagit bort meddelandet|Du raderade detta meddelande
Du har slettet denne besked|Du slettede denne besked|Du slettet denne meldingen|Poistit tämän viestin
Tuto zprávu jste smazal/a|Tuto zprávu jste odstranil/a|Túto správu ste odstránili|Törölted ezt az üzenetet
Ezt az üzenetet törölted|Izbrisali ste ovu poruku|To sporočilo ste izbrisali|Изтрихте това съобщение
Обрисао/ла си ову поруку|Ја избриша оваа порака|Has suprimit aquest missatge|Jūs ištrynėte šią žinutę
Jūs izdzēsāt šo ziņu|Kustutasid selle sõnumi|Umefuta ujumbe huu|तुम्ही हा मेसेज हटवला
""")
"""Stands, on the phone of whoever took a message back, under that person's own name."""

EDITED: Final = _set("""
This message was edited|Edited|Diese Nachricht wurde bearbeitet|Ce message a été modifié|Se editó este mensaje
Este mensaje fue editado|Este mensaje se editó|Questo messaggio è stato modificato|Mensagem editada
Esta mensagem foi editada|Dit bericht is bewerkt|Dit bericht werd bewerkt|Ta wiadomość została zmieniona
Wiadomość edytowana|Edytowano|Ta wiadomość została edytowana|Ta wiadomość została zedytowana
Acest mesaj a fost editat|Mesajul a fost editat|Bu mesaj düzenlendi|تم تعديل هذه الرسالة|تم تحرير هذه الرسالة
یہ میسج ایڈٹ کیا گیا تھا|یہ میسج ایڈٹ کیا گیا ہے|یہ پیغام ترمیم کیا گیا|ਇਹ ਸੁਨੇਹਾ ਸੋਧਿਆ ਗਿਆ ਸੀ|ਇਹ ਸੁਨੇਹਾ ਸੰਪਾਦਿਤ ਕੀਤਾ ਗਿਆ ਸੀ
ਇਸ ਸੁਨੇਹੇ ਨੂੰ ਸੋਧਿਆ ਗਿਆ ਸੀ|এই মেসেজটি এডিট করা হয়েছে|এই মেসেজটি সম্পাদনা করা হয়েছে|આ મેસેજમાં ફેરફાર કરાયો હતો|આ મેસેજ એડિટ કરાયો હતો
આ મેસેજમાં ફેરફાર કરવામાં આવ્યો|此訊息已編輯|此消息已编辑|这条消息已编辑|此消息已被编辑|यह मैसेज एडिट किया गया|यह मैसेज एडिट किया गया था
यह मैसेज एडिट किया गया है|Данное сообщение изменено|Это сообщение изменено|Сообщение изменено|Це повідомлення було змінено
Повідомлення змінено|このメッセージは編集されました|편집된 메시지입니다|이 메시지는 수정되었습니다|ההודעה נערכה|הודעה זו נערכה
این پیام ویرایش شد|این پیام ویرایش شده است|Pesan ini diedit|Pesan ini telah diedit|Mesej ini telah diedit
Tin nhắn này đã được chỉnh sửa|Αυτό το μήνυμα υποβλήθηκε σε επεξεργασία|Det här meddelandet redigerades
Meddelandet har redigerats|Denne besked blev redigeret|Beskeden er redigeret|Denne meldingen ble redigert
Tätä viestiä muokattiin|Viestiä on muokattu|Tato zpráva byla upravena|Zpráva byla upravena|Táto správa bola upravená
Ezt az üzenetet szerkesztették|Az üzenet szerkesztve|Ova je poruka uređena|Poruka je uređena|Това съобщение беше редактирано
Aquest missatge s'ha editat|Ta poruka je urejena|Ujumbe huu ulihaririwa
""")
"""Stands in angle brackets after the words of a message that was changed."""

OMITTED: Final = _set("""
Media omitted|Medien ausgeschlossen|Medien weggelassen|Médias omis|Fichier omis|Média omis|Multimedia omitido
Archivo omitido|Archivos omitidos|Media omessi|Media omesso|File multimediali omessi|Mídia oculta|Mídia omitida
Arquivo de mídia oculto|Ficheiro não revelado|Ficheiro de multimédia omitido|Multimédia omitida|Media weggelaten
Pominięto multimedia|Multimedia pominięte|pliki pominięto|Media pominięte|Conținut media omis
Fișiere media omise|Media omise|Conținutul media a fost omis|Medya dahil edilmedi|Medya atlanmış
تم استبعاد الوسائط|الوسائط غير مضمّنة|لم يتم إدراج الوسائط|میڈیا چھوڑ دیا گیا|میڈیا ہٹا دیا گیا|میڈیا شامل نہیں ہے|میڈیا نظرانداز
ਮੀਡੀਆ ਛੱਡਿਆ|ਮੀਡੀਆ ਛੱਡਿਆ ਗਿਆ|ਮੀਡੀਆ ਛਡਿਆ ਗਿਆ|ਮੀਡੀਆ ਛੱਡ ਦਿੱਤਾ ਗਿਆ|মিডিয়া বাদ দেওয়া হয়েছে|মিডিয়া বাদ দেওয়া হয়েছে|মিডিয়া বাদ দেয়া হয়েছে
મિડિયા છોડી મૂકાયું|મીડિયા અવગણવામાં આવ્યા|મીડિયા અવગણાયું|મીડિયા છોડી દેવાયું|忽略多媒體檔|忽略多媒体文件|省略多媒体文件|省略多媒體檔案|媒体省略|媒体已省略|媒體已省略|已省略媒体
已忽略多媒体文件|多媒體檔案已略去|मीडिया के बिना|मीडिया छोड़ा गया|मीडिया शामिल नहीं है|Без медиафайлов|Файл пропущен|Медиафайл пропущен
Медіа пропущено|Медіафайл пропущено|メディアなし|メディアは含まれていません|미디어 파일 제외됨|미디어 파일을 생략한 대화내용|המדיה לא נכללה|מדיה הושמטה|המדיה הושמטה
رسانه حذف شد|پيوست نما/آهنگ حذف شد|Media tidak disertakan|Media dikecualikan|Media disingkirkan
bỏ qua tệp phương tiện|Bỏ qua Media|ไฟล์สื่อถูกลบ|สื่อถูกลบ|ไม่รวมไฟล์สื่อ|αρχείο παραλήφθηκε|Εξαίρεση πολυμέσων|Τα πολυμέσα παραλείφθηκαν
media utelämnat|Media har utelämnats|Media utelämnades|media utelatt|Uten vedlegg|Media er utelatt|medier udeladt
Mediefil udeladt|Medier er udeladt|media jätettiin pois|Media jätetty pois|média vynechány|Média vynechána
Médiá vynechané|média elhagyva|Hiányzó médiafájl|Médiafájl kihagyva|medijski zapis izostavljen|Medij izpuščen
datoteke izpuščene|Без файл|Мултимедията е пропусната|медији су изостављени|без фајлови|Без фајл
medija praleista|Praleistas medijos turinys|nav iekļauta multivide|Bez multivides|meedia välja jäetud
Meedia ära jäetud|fitxers multimèdia omesos|Mitjans omesos|Multimèdia omès|media weggelaat
media hazijajumuishwa|Media imerukwa|Walang kalakip na media|Inalis ang media|मीडिया वगळला|मीडिया वगळले|मीडिया वगळण्यात आला
கோப்புகள் விடப்பட்டன|ஊடகங்கள் நீக்கப்பட்டது|మీడియా విస్మరించబడింది|మాధ్యమం విస్మరించబడింది|ಮಾಧ್ಯಮ ಕೈಬಿಡಲಾಗಿದೆ|മീഡിയ ഒഴിവാക്കി|media buraxıldı
Media çıxarılmışdır|файлдар қосылмаған|Файл қосылған жоқ|fayl o'tkazib yuborildi|media u hoq|Media hequr|Pa media
Video note omitted|View once voice message omitted|Video message omitted
""")
"""Stands in angle brackets where an Android export leaves a file out."""

ATTACHED: Final = _set("""
file attached|Datei angehängt|fichier joint|archivo adjunto|archivo adjuntado|file allegato|arquivo anexado
ficheiro anexado|bestand bijgevoegd|plik załączony|załączony plik|fișier atașat|fişier ataşat|dosya ekli|dosya eklendi
ملف مرفق|الملف مرفق|تم إرفاق الملف|پیوستہ فائل|فائل منسلک ہے|فائل منسلک|ਫਾਈਲ ਨੱਥੀ ਕੀਤੀ|ਅਟੈਚ ਕੀਤੀ ਫਾਇਲ|ਫ਼ਾਈਲ ਅਟੈਚ ਕੀਤੀ ਗਈ
ফাইল সংযুক্ত হয়েছে|ফাইল সংযুক্ত|ফাইল অ্যাটাচ করা হয়েছে|ફાઇલ જોડાયેલ|ફાઇલ જોડી|ફાઇલ જોડાયેલ છે|文件附件|附件檔案|已附加檔案|文件已附加|附加檔案|फ़ाइल अटैच की गई|फाइल अटैच कर दी गई है
फाइल संलग्न|फ़ाइल अटैच की गई है|файл добавлен|файл додано|添付ファイル|添付ファイル有り|파일 첨부됨|קובץ מצורף|הקובץ מצורף|پیوست شد|فایل پیوست شد
file terlampir|fail dilampirkan|tệp đính kèm|ไฟล์ที่แนบ|แนบไฟล์แล้ว|συνημμένο αρχείο|bifogad fil|fil bifogad|vedlagt fil
fil vedlagt|fil vedhæftet|vedhæftet fil|liitetiedosto|tiedosto liitetty|soubor byl přiložen|přiložený soubor
súbor pripojený|fájl csatolva|csatolt fájl|datoteka u privitku|priložena datoteka|прикачен файл|прикачена датотека
прикачен фајл|arxiu adjunt|fitxer adjunt|byla prisegta|pievienots fails|fail lisatud|faili limeambatanishwa
nakalakip na file|lêer aangeheg|fayl əlavə olunub|fayl biriktirildi|қосымша файл|skedë e ngjitur|ఫైల్ జోడించబడినది|ഫയൽ ചേർത്തു|ಕಡತ ಸೇರಿಸಲಾಯಿತು
""")
"""Stands in brackets after the name of a file that an Android export holds."""

MISSED_VOICE: Final = _set("""
Missed voice call|Missed group voice call|Missed call|Missed group call|Silenced voice call|Silenced call
Verpasster Sprachanruf|Verpasster Gruppenanruf|Verpasster Anruf|Appel vocal manqué|Appel manqué
Appel vocal de groupe manqué|Llamada perdida|Llamada de voz perdida|Llamada de voz grupal perdida
Chiamata vocale persa|Chiamata vocale di gruppo persa|Chiamata persa|Chamada de voz perdida|Ligação de voz perdida
Ligação perdida|Chamada perdida|Gemist spraakgesprek|Gemiste spraakoproep|Gemiste oproep|Gemist groepsgesprek
Nieodebrane połączenie głosowe|Nieodebrane poł. głosowe|Nieodebrane połączenie|Nieodebrane poł
Apel vocal nepreluat|Apel vocal ratat|Apel pierdut|Cevapsız sesli arama|Cevapsız arama|مكالمة صوتية فائتة|مكالمة فائتة
مسڈ وائس کال|چھوٹی ہوئی صوتی کال|ਮਿਸ ਹੋਈ ਆਵਾਜ਼ ਕਾਲ|ਮਿਸ ਹੋਈ ਵੌਇਸ ਕਾਲ|ਖੁੰਝੀ ਹੋਈ ਵੌਇਸ ਕਾਲ|মিসড ভয়েস কল|ভয়েস কল মিস করেছেন|મિસ્ડ વૉઇસ કૉલ|છૂટેલો વોઇસ કૉલ|છૂટી ગયેલો વોઇસ કૉલ
છૂટી ગયેલ ધ્વનિ કૉલ|未接語音通話|未接语音通话|未接来电|未接來電|मिस्ड वॉइस कॉल|वॉइस कॉल मिस हुई|छूटी हुई ध्वनि कॉल|मिस्ड व्हॉइस कॉल|Пропущенный аудиозвонок|Пропущенный звонок
Пропущений аудіодзвінок|音声通話不在着信|不在着信|부재중 전화|부재중 음성통화|שיחה קולית שלא נענתה|תماس صوتی پاسخ داده نشده|تماس صوتی پاسخ داده نشده|تماس صوتی از دست رفته
Panggilan suara tak terjawab|Panggilan suara terlepas|Cuộc gọi nhỡ|Cuộc gọi thoại nhỡ|สายที่ไม่ได้รับ|Αναπάντητη κλήση
Αναπάντητη φωνητική κλήση|Missat röstsamtal|Missat samtal|Tapt taleanrop|Ubesvaret taleopkald|Mistet opkald
Vastaamaton äänipuhelu|Zmeškaný hlasový hovor|Zmeškaný hovor|Nem fogadott hanghívás|Propušteni glasovni poziv
Propušten glasovni poziv|Zgrešen klic|Пропуснато гласово обаждане|Пропуштен гласовни позив|Trucada de veu perduda
Praleistas balso skambutis|Neatbildēts balss zvans|Vastamata häälkõne|Simu ya sauti uliyoikosa|Nakaligtaang voice call
""")
MISSED_VIDEO: Final = _set("""
Missed video call|Missed group video call|Silenced video call|Verpasster Videoanruf|Verpasster Gruppenvideoanruf
Appel vidéo manqué|Appel vidéo de groupe manqué|Videollamada perdida|Videollamada grupal perdida
Videochiamata persa|Videochiamata di gruppo persa|Chamada de vídeo perdida|Videochamada perdida|Ligação de vídeo perdida
Gemist videogesprek|Gemiste video-oproep|Gemiste videooproep|Nieodebrane połączenie wideo|Nieodebrane poł. wideo
Apel video nepreluat|Apel video ratat|Apel video pierdut|Cevapsız görüntülü arama|مكالمة فيديو فائتة|مسڈ ویڈیو کال
چھوٹی ہوئی ویڈیو کال|ਮਿਸ ਹੋਈ ਵੀਡੀਓ ਕਾਲ|ਖੁੰਝੀ ਹੋਈ ਵੀਡੀਓ ਕਾਲ|মিসড ভিডিও কল|ভিডিও কল মিস করেছেন|মিস করা ভিডিও কল|મિસ્ડ વિડિઓ કૉલ|છૂટી ગયેલ વિડિઓ કૉલ|છૂટી ગયેલ વિડિયો કૉલ
未接視像通話|未接視訊通話|未接视频通话|मिस्ड वीडियो कॉल|छूटी हुई विडियो कॉल|मिस्ड व्हिडिओ कॉल|Пропущенный видеозвонок|Пропущений відеодзвінок|ビデオ通話不在着信|부재중 영상통화
שיחת וידאו שלא נענתה|تماس تصویری پاسخ داده نشده|تماس تصویری بی‌پاسخ|Panggilan video tak terjawab|Panggilan video terlepas|Cuộc gọi nhỡ video
สายโทรวิดีโอที่ไม่ได้รับ|วิดีโอคอลที่ไม่ได้รับ|Αναπάντητη βιντεοκλήση|Missat videosamtal|Tapt videoanrop|Tapt videosamtale
Ubesvaret videoopkald|Mistede video opkald|Vastaamaton videopuhelu|Zmeškaný videohovor|Nem fogadott videohívás
Nem fogadott videóhívás|Propušteni videopoziv|Propušten video poziv|Neodgovorjen video klic|Пропуснато видео обаждане
Videotrucada perduda|Trucada de vídeo perduda|Praleistas video skambutis|Neatbildēts video zvans|Vastamata videokõne
""")

LOCATION: Final = _set("""
location|live location|standort|live-standort|localisation|position|ubicación|posizione|localização|locatie|lokalizacja|położenie
locație|locația|konum|الموقع|موقع|مقام|لوکیشن|ਟਿਕਾਣਾ|লোকেশন|অবস্থান|સ્થળ|લોકેશન|位置|लोकेशन|स्थान|местоположение|геопозиция|місцезнаходження|位置情報|위치|מיקום|موقعیت
lokasi|vị trí|ตำแหน่ง|ตำแหน่งที่ตั้ง|τοποθεσία|plats|posisjon|placering|sijainti|poloha|helyzet|lokacija|локация|локација|ubicació|asukoht|atrašanās vieta|buvimo vieta|mahali
""")
"""Stands before the web address of a map."""

LIVE_LOCATION: Final = _set("""
live location shared|Live-Standort wird geteilt|Localisation en direct partagée|ubicación en tiempo real compartida
Ubicación en tiempo real compartida|posizione attuale condivisa|localização atual compartilhada|localização em tempo real compartilhada
Está a partilhar a sua localização|live locatie gedeeld|udostępniona transmisja położenia|udostępniono lokalizację na żywo
locație în timp real distribuită|Mevcut konum paylaşıldı|canlı konum paylaşıldı|تمت مشاركة الموقع المباشر|جاری مقام کا اشتراک ہوا
ਮੌਜੂਦਾ ਟਿਕਾਣਾ ਸਾਂਝਾ ਕੀਤਾ|লাইভ অবস্থান শেয়ার করা হয়েছে|જીવંત સ્થાન શેર કરાયું|共享实时位置|實時位置已分享|लाइव स्थान साझा किया गया|Геоданные отправлены|геодані надіслано
ライブロケーション共有|공유한 실시간 위치|משתף מיקום בשידור חי
""")

NOT_SHOWN: Final = _set("null")
"""Android's word for a message it does not export: seen once only, as a rule."""

WAITING: Final = _set("""
Waiting for this message. This may take a while|Waiting for this message|Auf diese Nachricht wird gewartet. Dies kann einige Zeit dauern
En attente de ce message. Cela peut prendre un certain temps|Esperando el mensaje. Esto puede tomar tiempo|Esperando este mensaje. Esto puede tomar tiempo
In attesa del messaggio. Potrebbe volerci un po' di tempo|Aguardando mensagem. Essa ação pode levar alguns instantes
Wachten op dit bericht. Dit kan even duren|Oczekiwanie na wiadomość. To może chwilę potrwać
""")
"""Stands for a message that had not reached the phone."""

EXACT: Final = frozenset(_exact)
"""Whole bodies that may be the app's own words: a quick first look before the careful one."""
