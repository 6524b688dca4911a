//! The forty topics, by id and by name in each language of the corpus.

use super::tongue::LANGUAGES;

pub struct Topic {
    pub id: &'static str,
    /// In the order of [`super::tongue::TONGUES`].
    pub names: [&'static str; LANGUAGES],
}

macro_rules! topics {
    ($( $id:literal: $en:literal, $fr:literal, $es:literal, $ar:literal, $ru:literal, $zh:literal; )*) => {
        &[$( Topic { id: $id, names: [$en, $fr, $es, $ar, $ru, $zh] } ),*]
    };
}

/// From the most to the least written about.
pub const TOPICS: &[Topic] = topics! {
    "politics": "Politics", "Politique", "Política", "سياسة", "Политика", "政治";
    "economy": "Economy", "Économie", "Economía", "اقتصاد", "Экономика", "经济";
    "children": "Children", "Enfance", "Infancia", "أطفال", "Дети", "儿童";
    "health": "Health", "Santé", "Salud", "صحة", "Здоровье", "健康";
    "education": "Education", "Éducation", "Educación", "تعليم", "Образование", "教育";
    "climate": "Climate", "Climat", "Clima", "مناخ", "Климат", "气候";
    "courts": "Courts", "Justice", "Tribunales", "محاكم", "Суды", "司法";
    "elections": "Elections", "Élections", "Elecciones", "انتخابات", "Выборы", "选举";
    "migration": "Migration", "Migrations", "Migración", "هجرة", "Миграция", "移民";
    "human-rights": "Human rights", "Droits humains", "Derechos humanos", "حقوق الإنسان", "Права человека", "人权";
    "water": "Water", "Eau", "Agua", "مياه", "Вода", "水";
    "food": "Food", "Alimentation", "Alimentación", "غذاء", "Продовольствие", "粮食";
    "work": "Work", "Travail", "Trabajo", "عمل", "Труд", "劳动";
    "housing": "Housing", "Logement", "Vivienda", "سكن", "Жильё", "住房";
    "transport": "Transport", "Transports", "Transporte", "نقل", "Транспорт", "交通";
    "energy": "Energy", "Énergie", "Energía", "طاقة", "Энергетика", "能源";
    "farming": "Farming", "Agriculture", "Agricultura", "زراعة", "Сельское хозяйство", "农业";
    "science": "Science", "Sciences", "Ciencia", "علوم", "Наука", "科学";
    "technology": "Technology", "Technologie", "Tecnología", "تقنية", "Технологии", "科技";
    "media": "The media", "Médias", "Medios", "إعلام", "СМИ", "媒体";
    "culture": "Culture", "Culture", "Cultura", "ثقافة", "Культура", "文化";
    "books": "Books", "Livres", "Libros", "كتب", "Книги", "图书";
    "music": "Music", "Musique", "Música", "موسيقى", "Музыка", "音乐";
    "film": "Film", "Cinéma", "Cine", "سينما", "Кино", "电影";
    "sport": "Sport", "Sport", "Deportes", "رياضة", "Спорт", "体育";
    "cities": "Cities", "Villes", "Ciudades", "مدن", "Города", "城市";
    "sea": "The sea", "La mer", "El mar", "البحر", "Море", "海洋";
    "forests": "Forests", "Forêts", "Bosques", "غابات", "Леса", "森林";
    "animals": "Animals", "Animaux", "Animales", "حيوانات", "Животные", "动物";
    "weather": "Weather", "Météo", "El tiempo", "طقس", "Погода", "天气";
    "disasters": "Disasters", "Catastrophes", "Desastres", "كوارث", "Бедствия", "灾害";
    "conflict": "Conflict", "Conflits", "Conflictos", "نزاعات", "Конфликты", "冲突";
    "peace": "Peace", "Paix", "Paz", "سلام", "Мир", "和平";
    "women": "Women", "Femmes", "Mujeres", "نساء", "Женщины", "妇女";
    "disability": "Disability", "Handicap", "Discapacidad", "إعاقة", "Инвалидность", "残障";
    "languages": "Languages", "Langues", "Lenguas", "لغات", "Языки", "语言";
    "history": "History", "Histoire", "Historia", "تاريخ", "История", "历史";
    "trade": "Trade", "Commerce", "Comercio", "تجارة", "Торговля", "贸易";
    "islands": "Islands", "Îles", "Islas", "جزر", "Острова", "岛屿";
    "archive": "From the archive", "Archives", "Archivo", "أرشيف", "Архив", "档案";
};
