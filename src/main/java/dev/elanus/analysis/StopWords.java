package dev.elanus.analysis;

import dev.elanus.error.Unsupported;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;

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
