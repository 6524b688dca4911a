//! The six languages: the shapes of their words, and the newsroom's few fixed phrases.
//!
//! The words are made of these parts by chance; only the commonest little words
//! (the particles) are real, because tokenisers, stemmers and stop lists treat
//! them apart. No sentence of anybody's is in here.

/// How many languages the corpus has.
pub const LANGUAGES: usize = 6;

pub enum Script {
    /// Latin and Cyrillic: syllables and endings.
    Alphabet,
    /// Roots of consonants in patterns.
    Arabic,
    /// One to three characters, without spaces.
    Han,
}

pub struct Tongue {
    pub tag: &'static str,
    pub script: Script,
    /// Minutes east of UTC of the edition's clock.
    pub offset: i16,
    /// The commonest words, as they are; the most frequent first.
    pub particles: &'static [&'static str],
    /// Beginnings of syllables; the consonants of roots; the characters.
    pub onsets: &'static [&'static str],
    pub vowels: &'static [&'static str],
    pub codas: &'static [&'static str],
    pub endings: &'static [&'static str],
    /// With the space after it.
    pub comma: &'static str,
    pub stop: &'static str,
    pub question: &'static str,
    pub space: &'static str,
    /// Before the name in a byline.
    pub by: &'static str,
    /// Kickers, as often used as their order says.
    pub labels: &'static [&'static str],
    pub genre: &'static str,
    /// What the invented authors are called, so that nobody takes them for people.
    pub job_title: &'static str,
    /// Before the name in a credit: the pictures were drawn by a program.
    pub credit: &'static str,
    pub about: &'static About,
}

/// The standing page that says what this site is.
pub struct About {
    pub site_name: &'static str,
    pub tagline: &'static str,
    pub headline: &'static str,
    pub label: &'static str,
    pub paragraphs: [&'static str; 3],
}

/// In the order of their share of the corpus.
pub static TONGUES: [Tongue; LANGUAGES] = [ENGLISH, FRENCH, SPANISH, ARABIC, RUSSIAN, CHINESE];

const ENGLISH: Tongue = Tongue {
    tag: "en",
    script: Script::Alphabet,
    offset: 0,
    particles: &[
        "the", "of", "and", "to", "in", "a", "that", "for", "is", "on", "with", "was", "as", "it",
        "by", "at", "from", "are", "have", "not", "were", "this", "but", "which", "they", "an",
        "will", "or", "their", "more", "than", "who", "after", "when", "about",
    ],
    onsets: &[
        "b", "br", "c", "ch", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n",
        "p", "pl", "pr", "r", "s", "sh", "sl", "st", "str", "t", "th", "tr", "v", "w",
    ],
    vowels: &[
        "a", "e", "i", "o", "u", "a", "e", "i", "o", "ai", "ea", "ee", "oa", "ou",
    ],
    codas: &[
        "", "", "n", "r", "l", "s", "t", "ck", "nd", "st", "ng", "m", "rt", "ld",
    ],
    endings: &[
        "s", "ed", "ing", "er", "ly", "tion", "ness", "ment", "al", "ers", "ings",
    ],
    comma: ", ",
    stop: ".",
    question: "?",
    space: " ",
    by: "By ",
    labels: &[
        "News",
        "Analysis",
        "Interview",
        "Report",
        "Explainer",
        "Opinion",
    ],
    genre: "News",
    job_title: "Invented reporter",
    credit: "Illustration drawn by a program, credited to the invented ",
    about: &About {
        site_name: "Generated corpus",
        tagline: "A site of generated stories, for measuring",
        headline: "Everything here is generated",
        label: "About",
        paragraphs: [
            "A program wrote every story of this site, to measure how large archives behave. The words are made of syllables by chance and mean nothing.",
            "The authors are invented: no name on this site is that of a person, and where one sounds like a real name, that is chance. The places are on no map, and nothing told here happened.",
            "Every picture, the film and the sound were made by programs for the sample newsroom. All stories share them.",
        ],
    },
};

const FRENCH: Tongue = Tongue {
    tag: "fr",
    script: Script::Alphabet,
    offset: 60,
    particles: &[
        "de", "la", "le", "et", "les", "des", "l’", "à", "en", "d’", "un", "du", "une", "que",
        "qui", "dans", "pour", "est", "par", "sur", "au", "a", "pas", "plus", "ce", "se", "avec",
        "ne", "qu’", "son", "aux", "il", "sont", "ont", "cette",
    ],
    onsets: &[
        "b", "br", "c", "ch", "cl", "d", "f", "fr", "g", "gr", "j", "l", "m", "n", "p", "pl", "pr",
        "qu", "r", "s", "t", "tr", "v", "gn", "ph",
    ],
    vowels: &[
        "a", "e", "i", "o", "u", "é", "è", "ou", "ai", "eu", "au", "oi", "an", "on", "in",
    ],
    codas: &["", "", "", "r", "s", "l", "n", "t", "c", "x"],
    endings: &[
        "e", "es", "ement", "tion", "eur", "ée", "és", "aire", "ent", "ité", "euse",
    ],
    comma: ", ",
    stop: ".",
    question: "\u{a0}?",
    space: " ",
    by: "Par ",
    labels: &[
        "Actualité",
        "Analyse",
        "Entretien",
        "Reportage",
        "Décryptage",
        "Opinion",
    ],
    genre: "Actualité",
    job_title: "Journaliste imaginaire",
    credit: "Dessin fait par un programme, attribué à l’imaginaire ",
    about: &About {
        site_name: "Corpus généré",
        tagline: "Un site d’articles générés, pour mesurer",
        headline: "Tout ici est généré",
        label: "À propos",
        paragraphs: [
            "Un programme a écrit chaque article de ce site, pour mesurer le comportement des grandes archives. Les mots sont faits de syllabes tirées au sort et ne veulent rien dire.",
            "Les auteurs sont inventés : aucun nom de ce site n’est celui d’une personne, et toute ressemblance est un hasard. Les lieux ne sont sur aucune carte et rien de ce qui est raconté n’a eu lieu.",
            "Les images, le film et le son ont été faits par des programmes pour la rédaction d’essai. Tous les articles les partagent.",
        ],
    },
};

const SPANISH: Tongue = Tongue {
    tag: "es",
    script: Script::Alphabet,
    offset: -180,
    particles: &[
        "de", "la", "que", "el", "en", "y", "a", "los", "del", "se", "las", "por", "un", "para",
        "con", "no", "una", "su", "al", "es", "lo", "como", "más", "pero", "sus", "le", "ya", "o",
        "fue", "este", "ha", "sí", "porque", "esta", "entre",
    ],
    onsets: &[
        "b", "br", "c", "ch", "cl", "d", "f", "g", "gr", "h", "j", "l", "ll", "m", "n", "ñ", "p",
        "pr", "r", "s", "t", "tr", "v", "z", "qu",
    ],
    vowels: &[
        "a", "e", "i", "o", "u", "a", "e", "o", "ie", "ue", "ia", "á", "í", "ó",
    ],
    codas: &["", "", "", "n", "s", "r", "l", "d", "z"],
    endings: &[
        "o", "a", "os", "as", "ción", "mente", "dad", "ar", "ado", "ando", "eza",
    ],
    comma: ", ",
    stop: ".",
    question: ".",
    space: " ",
    by: "Por ",
    labels: &[
        "Actualidad",
        "Análisis",
        "Entrevista",
        "Reportaje",
        "Claves",
        "Opinión",
    ],
    genre: "Actualidad",
    job_title: "Periodista imaginario",
    credit: "Dibujo hecho por un programa, atribuido al imaginario ",
    about: &About {
        site_name: "Corpus generado",
        tagline: "Un sitio de noticias generadas, para medir",
        headline: "Aquí todo está generado",
        label: "Acerca de",
        paragraphs: [
            "Un programa escribió cada artículo de este sitio, para medir cómo se comportan los archivos grandes. Las palabras están hechas de sílabas al azar y no significan nada.",
            "Los autores son inventados: ningún nombre de este sitio es el de una persona, y cualquier parecido es casualidad. Los lugares no están en ningún mapa y nada de lo que se cuenta ocurrió.",
            "Las imágenes, la película y el sonido los hicieron programas para la redacción de muestra. Todos los artículos los comparten.",
        ],
    },
};

const ARABIC: Tongue = Tongue {
    tag: "ar",
    script: Script::Arabic,
    offset: 180,
    particles: &[
        "في", "من", "على", "أن", "إلى", "عن", "التي", "هذا", "الذي", "ما", "هذه", "مع", "كان", "لا",
        "بين", "لم", "بعد", "كما", "ذلك", "قد", "هو", "هي", "أو", "كل", "حتى", "قبل", "عند", "منذ",
        "أي", "ثم",
    ],
    onsets: &[
        "ب", "ت", "ج", "ح", "خ", "د", "ر", "ز", "س", "ش", "ص", "ط", "ع", "غ", "ف", "ق", "ك", "ل",
        "م", "ن", "ه",
    ],
    // Patterns: 1, 2 and 3 stand for the consonants of the root.
    vowels: &[
        "123",
        "1ا23",
        "م12و3",
        "12ا3",
        "ت12ي3",
        "12ي3",
        "م123ة",
        "ا1ت2ا3",
        "1و23",
        "12و3ة",
        "ا123",
        "م1ا23",
    ],
    codas: &[""],
    endings: &["ات", "ون", "ين", "ية", "هم", "ها", "ي"],
    comma: "، ",
    stop: ".",
    question: "؟",
    space: " ",
    by: "بقلم ",
    labels: &["أخبار", "تحليل", "مقابلة", "تقرير", "شرح", "رأي"],
    genre: "أخبار",
    job_title: "مراسل متخيَّل",
    credit: "رسم أعدّه برنامج، منسوب إلى الاسم المتخيَّل ",
    about: &About {
        site_name: "مجموعة مولَّدة",
        tagline: "موقع من مقالات مولَّدة، للقياس",
        headline: "كل ما هنا مولَّد آليًّا",
        label: "من نحن",
        paragraphs: [
            "كتب برنامج كل مقالات هذا الموقع لقياس سلوك الأرشيفات الكبيرة. الكلمات مركّبة بالمصادفة ولا معنى لها.",
            "الكتّاب متخيَّلون: لا اسم في هذا الموقع لشخص حقيقي، وأي تشابه محض مصادفة. الأماكن ليست على أي خريطة، ولم يقع شيء مما يُروى هنا.",
            "الصور والفيلم والصوت من صنع برامج لغرفة الأخبار النموذجية، وتشترك فيها جميع المقالات.",
        ],
    },
};

const RUSSIAN: Tongue = Tongue {
    tag: "ru",
    script: Script::Alphabet,
    offset: 180,
    particles: &[
        "и",
        "в",
        "не",
        "на",
        "что",
        "с",
        "по",
        "как",
        "из",
        "к",
        "за",
        "от",
        "о",
        "для",
        "это",
        "его",
        "а",
        "но",
        "до",
        "у",
        "же",
        "при",
        "или",
        "они",
        "был",
        "была",
        "так",
        "уже",
        "если",
        "также",
        "после",
        "под",
        "во",
        "чтобы",
    ],
    onsets: &[
        "б", "в", "г", "д", "ж", "з", "к", "кр", "л", "м", "н", "п", "пр", "р", "с", "ст", "т",
        "тр", "ф", "х", "ц", "ч", "ш", "вл", "гл",
    ],
    vowels: &["а", "е", "и", "о", "у", "ы", "я", "ё", "ю", "о", "а", "е"],
    codas: &["", "", "", "н", "р", "л", "с", "т", "к", "й", "м"],
    endings: &[
        "ы", "а", "ов", "ого", "ить", "ение", "ость", "ский", "ами", "ает", "ной",
    ],
    comma: ", ",
    stop: ".",
    question: "?",
    space: " ",
    by: "Автор: ",
    labels: &[
        "Новости",
        "Анализ",
        "Интервью",
        "Репортаж",
        "Разбор",
        "Мнение",
    ],
    genre: "Новости",
    job_title: "Вымышленный корреспондент",
    credit: "Рисунок сделан программой, вымышленный автор: ",
    about: &About {
        site_name: "Сгенерированный корпус",
        tagline: "Сайт сгенерированных статей, для измерений",
        headline: "Всё здесь сгенерировано",
        label: "О сайте",
        paragraphs: [
            "Все статьи этого сайта написала программа, чтобы измерить, как ведут себя большие архивы. Слова составлены из слогов случайно и ничего не значат.",
            "Авторы вымышлены: ни одно имя на этом сайте не принадлежит человеку, а сходство случайно. Мест нет ни на одной карте, и ничего из рассказанного не было.",
            "Рисунки, фильм и звук сделаны программами для пробной редакции. Они общие для всех статей.",
        ],
    },
};

const CHINESE: Tongue = Tongue {
    tag: "zh",
    script: Script::Han,
    offset: 480,
    particles: &[
        "的", "了", "在", "是", "和", "与", "为", "从", "对", "将", "有", "不", "也", "就", "都",
        "而", "及", "被", "向", "把", "但", "以", "于", "后", "前", "中", "上", "还",
    ],
    onsets: &[
        "人", "大", "小", "天", "地", "水", "火", "山", "石", "田", "土", "木", "林", "海", "河",
        "江", "湖", "风", "云", "雨", "雪", "春", "夏", "秋", "冬", "日", "月", "星", "年", "时",
        "分", "早", "晚", "东", "西", "南", "北", "左", "右", "里", "外", "高", "低", "长", "短",
        "新", "老", "多", "少", "好", "美", "白", "黑", "红", "黄", "青", "绿", "金", "银", "铁",
        "衣", "食", "住", "行", "学", "生", "书", "文", "字", "语", "言", "词", "句", "音", "画",
        "图", "数", "算", "理", "化", "工", "农", "商", "业", "产", "品", "市", "场", "城", "乡",
        "村", "镇", "路", "桥", "车", "船", "港", "站", "门", "窗", "房", "屋", "家", "国", "民",
        "众", "公", "共", "法", "律", "政", "府", "会", "议", "选", "举", "权", "利", "义", "务",
        "经", "济", "财", "税", "银", "货", "价", "值", "买", "卖", "进", "出", "口", "流", "通",
        "信", "息", "报", "道", "新", "闻", "记", "者", "编", "写", "读", "说", "话", "听", "看",
        "见", "问", "答", "知", "识", "思", "想", "心", "情", "爱", "乐", "安", "全", "平", "和",
        "力", "气", "电", "光", "热", "能", "源", "油", "煤", "机", "器", "科", "技", "术", "研",
        "究", "发", "展", "开", "放", "改", "变", "建", "设", "成", "立", "加", "减", "增", "长",
        "提", "升", "保", "护", "环", "境", "自", "然", "动", "物", "植", "花", "草", "树", "鱼",
        "鸟", "马", "牛", "羊", "米", "面", "菜", "果", "茶", "饭", "医", "药", "病", "健", "康",
        "体", "育", "球", "队", "赛", "胜", "教", "师", "校", "班", "课", "题", "考", "试", "结",
        "果", "原", "因", "方", "向", "位", "置", "点", "线", "边", "角", "形", "式", "样", "件",
    ],
    vowels: &[""],
    codas: &[""],
    endings: &[""],
    comma: "，",
    stop: "。",
    question: "？",
    space: "",
    by: "文／",
    labels: &["新闻", "分析", "访谈", "报道", "解读", "观点"],
    genre: "新闻",
    job_title: "虚构记者",
    credit: "程序绘制的插图，署虚构作者：",
    about: &About {
        site_name: "生成的语料",
        tagline: "由程序生成的新闻网站，用于测量",
        headline: "这里的一切都是生成的",
        label: "关于",
        paragraphs: [
            "本站的每一篇文章都由程序写成，用来测量大型档案的表现。文字随机组合，没有意义。",
            "作者都是虚构的：本站没有任何真实人物的姓名，如有雷同，纯属巧合。地名不在任何地图上，所述之事从未发生。",
            "图片、影片和声音由程序为示例编辑部制作，所有文章共用。",
        ],
    },
};
