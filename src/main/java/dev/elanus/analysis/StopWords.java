package dev.elanus.analysis;

import dev.elanus.error.Unsupported;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.br.BrazilianAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.ckb.SoraniAnalyzer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.ne.NepaliAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sr.SerbianAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.ta.TamilAnalyzer;
import org.apache.lucene.analysis.te.TeluguAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/** Words that filters leave out: some by themselves, some by the name of a language's list, such as {@code _english_}. */
final class StopWords {
    private StopWords() {}

    /** @throws Unsupported if a list is not there */
    static Set<String> of(List<String> given) {
        Set<String> words = new HashSet<>();
        for (String word : given) {
            if (word.length() > 2 && word.startsWith("_") && word.endsWith("_")) {
                words.addAll(listed(word));
            } else {
                words.add(word);
            }
        }
        return words;
    }

    static Set<String> english() {
        return listed("_english_");
    }

    private static Set<String> listed(String name) {
        CharArraySet list = switch (name) {
            case "_arabic_" -> ArabicAnalyzer.getDefaultStopSet();
            case "_armenian_" -> ArmenianAnalyzer.getDefaultStopSet();
            case "_basque_" -> BasqueAnalyzer.getDefaultStopSet();
            case "_bengali_" -> BengaliAnalyzer.getDefaultStopSet();
            case "_brazilian_" -> BrazilianAnalyzer.getDefaultStopSet();
            case "_bulgarian_" -> BulgarianAnalyzer.getDefaultStopSet();
            case "_catalan_" -> CatalanAnalyzer.getDefaultStopSet();
            case "_chinese_" -> SmartChineseAnalyzer.getDefaultStopSet();
            case "_cjk_" -> CJKAnalyzer.getDefaultStopSet();
            case "_czech_" -> CzechAnalyzer.getDefaultStopSet();
            case "_estonian_" -> EstonianAnalyzer.getDefaultStopSet();
            case "_galician_" -> GalicianAnalyzer.getDefaultStopSet();
            case "_greek_" -> GreekAnalyzer.getDefaultStopSet();
            case "_hindi_" -> HindiAnalyzer.getDefaultStopSet();
            case "_indonesian_" -> IndonesianAnalyzer.getDefaultStopSet();
            case "_irish_" -> IrishAnalyzer.getDefaultStopSet();
            case "_japanese_" -> JapaneseAnalyzer.getDefaultStopSet();
            case "_latvian_" -> LatvianAnalyzer.getDefaultStopSet();
            case "_lithuanian_" -> LithuanianAnalyzer.getDefaultStopSet();
            case "_nepali_" -> NepaliAnalyzer.getDefaultStopSet();
            case "_persian_" -> PersianAnalyzer.getDefaultStopSet();
            case "_romanian_" -> RomanianAnalyzer.getDefaultStopSet();
            case "_serbian_" -> SerbianAnalyzer.getDefaultStopSet();
            case "_sorani_" -> SoraniAnalyzer.getDefaultStopSet();
            case "_tamil_" -> TamilAnalyzer.getDefaultStopSet();
            case "_telugu_" -> TeluguAnalyzer.getDefaultStopSet();
            case "_thai_" -> ThaiAnalyzer.getDefaultStopSet();
            case "_turkish_" -> TurkishAnalyzer.getDefaultStopSet();
            case "_danish_" -> DanishAnalyzer.getDefaultStopSet();
            case "_dutch_" -> DutchAnalyzer.getDefaultStopSet();
            case "_english_" -> EnglishAnalyzer.getDefaultStopSet();
            case "_finnish_" -> FinnishAnalyzer.getDefaultStopSet();
            case "_french_" -> FrenchAnalyzer.getDefaultStopSet();
            case "_german_" -> GermanAnalyzer.getDefaultStopSet();
            case "_hungarian_" -> HungarianAnalyzer.getDefaultStopSet();
            case "_italian_" -> ItalianAnalyzer.getDefaultStopSet();
            case "_norwegian_" -> NorwegianAnalyzer.getDefaultStopSet();
            case "_portuguese_" -> PortugueseAnalyzer.getDefaultStopSet();
            case "_russian_" -> RussianAnalyzer.getDefaultStopSet();
            case "_spanish_" -> SpanishAnalyzer.getDefaultStopSet();
            case "_swedish_" -> SwedishAnalyzer.getDefaultStopSet();
            default -> throw new Unsupported("stop words " + name);
        };
        Set<String> words = new HashSet<>();
        list.forEach(word -> words.add(new String((char[]) word)));
        return words;
    }
}
