import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Lucene with CJKAnalyzer (bigrams) over the same paragraphs and queries as ours.
 *
 * Arguments: a file with one paragraph a line, a folder for the index. After the index is built
 * it prints `ready <build CPU ms> <index bytes>`, then answers every line of standard input,
 * `mode TAB file with one query a line`, with one line: for each query `CPU ns:wall ns`.
 * Modes: `or` and `phrase` (top 10, ids only), `mark` (OR, and ten passages by
 * UnifiedHighlighter from stored text). One thread; its CPU time leaves out the collector's and
 * the compiler's threads.
 */
public final class LuceneBench {
  private static final String FIELD = "text";
  private static final int TOP = 10;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final IndexSearcher searcher;
  private final Analyzer analyzer = new CJKAnalyzer();
  private final QueryBuilder queries = new QueryBuilder(analyzer);
  private final UnifiedHighlighter highlighter;

  private LuceneBench(IndexSearcher searcher) {
    this.searcher = searcher;
    this.highlighter = new UnifiedHighlighter(searcher, analyzer);
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = Path.of(arguments[1]);
    MMapDirectory directory = new MMapDirectory(folder);
    long start = THREADS.getCurrentThreadCpuTime();
    build(Path.of(arguments[0]), directory);
    long built = THREADS.getCurrentThreadCpuTime() - start;
    out.println("ready " + built / 1_000_000 + " " + size(folder));

    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
    searcher.setQueryCache(null);
    LuceneBench bench = new LuceneBench(searcher);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] command = line.split("\t");
      out.println(bench.round(command[0], Files.readAllLines(Path.of(command[1]))));
    }
  }

  /** One thread, one segment. */
  private static void build(Path texts, MMapDirectory directory) throws Exception {
    FieldType stored = new FieldType(TextField.TYPE_STORED);
    IndexWriterConfig config = new IndexWriterConfig(new CJKAnalyzer());
    config.setRAMBufferSizeMB(256);
    try (IndexWriter writer = new IndexWriter(directory, config);
        Stream<String> lines = Files.lines(texts)) {
      for (String text : (Iterable<String>) lines::iterator) {
        Document document = new Document();
        document.add(new Field(FIELD, text, stored));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  private String round(String mode, List<String> texts) throws Exception {
    StringBuilder times = new StringBuilder();
    for (String text : texts) {
      long wall = System.nanoTime();
      long cpu = THREADS.getCurrentThreadCpuTime();
      run(mode, text);
      cpu = THREADS.getCurrentThreadCpuTime() - cpu;
      wall = System.nanoTime() - wall;
      times.append(cpu).append(':').append(wall).append(' ');
    }
    return times.toString().trim();
  }

  private void run(String mode, String text) throws Exception {
    Query query =
        mode.equals("phrase")
            ? queries.createPhraseQuery(FIELD, text)
            : queries.createBooleanQuery(FIELD, text);
    if (query == null) return;
    TopDocs top = searcher.search(query, TOP);
    if (mode.equals("mark")) highlighter.highlight(FIELD, query, top);
  }

  private static long size(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
