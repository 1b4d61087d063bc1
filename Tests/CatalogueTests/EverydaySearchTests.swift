import Foundation
import Kernel
import Testing
import Web

@testable import Catalogue

/// What people type, and what they mean by it.
struct EverydaySearchTests {
    static let search = CatalogueSearch(
        Shipped.reading.catalogue,
        synonyms: Shipped.reading.synonyms,
        english: Shipped.reading.englishSynonyms
    )

    struct Question: Sendable, CustomTestStringConvertible {
        let words: String
        let code: String
        var testDescription: String { words }
        init(_ words: String, _ code: String) { (self.words, self.code) = (words, code) }
    }

    static let questions = [
        Question("khai sinh", "1.001193"), Question("giay khai sinh cho con", "1.001193"),
        Question("làm giấy khai sinh ở đâu", "1.001193"), Question("khaisinh", "1.001193"),
        Question("đăng ký khai sinh cho bé mới sinh", "1.001193"), Question("kai sinh", "1.001193"),
        Question("mất giấy khai sinh làm lại", "1.004884"), Question("khai sinh cho con bố nước ngoài", "2.000528"),
        Question("ly lich tu phap", "2.000488"), Question("xin ly lich tu phap so 2", "2.000488"),
        Question("giay xac nhan khong tien an", "2.000488"), Question("tien an tien su", "2.000488"),
        Question("ket hon", "1.000894"), Question("đăng ký kết hôn cần giấy tờ gì", "1.000894"),
        Question("lam giay ket hon voi nguoi nuoc ngoai", "2.000806"), Question("hôn thú", "1.000894"),
        Question("giay xac nhan doc than", "1.004873"), Question("tinh trang hon nhan", "1.004873"),
        Question("khai tu", "1.000656"), Question("giay chung tu", "1.000656"),
        Question("bao tu cho ong", "1.000656"), Question("sao y ban chinh", "2.000815"),
        Question("cong chung ban sao", "2.000815"), Question("chung thuc chu ky", "2.000884"),
        Question("trich luc khai sinh", "2.000635"), Question("ban sao giay khai sinh", "2.000635"),
        Question("doi ten", "1.004859"), Question("sua giay khai sinh", "1.004859"),
        Question("cai chinh ho tich", "1.004859"), Question("nhan con nuoi", "2.001263"),
        Question("giam ho", "1.004837"), Question("di chuc", "2.001019"),
        Question("tu choi nhan di san", "2.001016"), Question("nhap ho khau", "1.004222"),
        Question("đăng ký thường trú", "1.004222"), Question("tam tru", "1.004194"),
        Question("gia han tam tru", "1.002755"), Question("tach ho khau", "1.010038"),
        Question("tam vang", "1.003677"), Question("mo quan ca phe", "1.001612"),
        Question("dang ky ho kinh doanh", "1.001612"), Question("tạm ngừng kinh doanh hộ cá thể", "1.001570"),
        Question("dong cua ho kinh doanh", "1.001266"), Question("lam lai can cuoc bi mat", "1.014064"),
        Question("cccd cho tre em", "1.014062"), Question("dinh danh dien tu muc 2", "3.000228"),
        Question("so do bi mat", "1.012786"), Question("tach thua dat", "1.012784"),
        Question("giay phep xay nha", "1.013225"), Question("sang ten xe", "1.013076"),
        Question("ho ngheo", "1.011607"), Question("nhap quoc tich viet nam", "2.002039"),
        Question("mat ho chieu", "1.010386"), Question("tro giup phap ly mien phi", "2.000829"),
        Question("chung chi hanh nghe luat su bi mat", "1.008628"), Question("the cong chung vien", "1.013859"),
    ]

    @Test(arguments: questions)
    func `everyday words lead to the procedure within the first three`(question: Question) {
        let found = Self.search.find(question.words, limit: 3).map(\.code.rawValue)
        #expect(found.contains(question.code))
    }

    @Test
    func `most everyday words lead straight to the procedure`() {
        let misses = Self.questions.filter { Self.search.find($0.words, limit: 1).first?.code.rawValue != $0.code }
        #expect(misses.count * 10 <= Self.questions.count, "\(misses.map(\.words))")
    }

    @Test
    func `capitals and ways of typing accents make no difference`() {
        #expect(
            Self.search.find("ly lich tu phap", limit: 1).map(\.code)
                == Self.search.find("lý lịch tư pháp", limit: 1).map(\.code)
        )
        for words in ["LÝ LỊCH TƯ PHÁP", "Ly\u{301} li\u{323}ch tu\u{31B} pha\u{301}p"] {
            #expect(Self.search.find(words).map(\.code) == Self.search.find("lý lịch tư pháp").map(\.code))
        }
    }

    @Test
    func `a word that is still being typed finds what it will become`() {
        #expect(Self.search.find("dang ky thuong tr", limit: 3).contains { $0.code.rawValue == "1.004222" })
    }

    @Test
    func `a code finds its procedure`() {
        #expect(Self.search.find("1.001193").map(\.code.rawValue) == ["1.001193"])
    }

    @Test(arguments: ["", "   ", "???", "xyzzy qwrtp", String(repeating: "khai sinh ", count: 5000), "\u{0}", "🙂"])
    func `no words break the search`(words: String) {
        #expect(Self.search.find(words, limit: 5).count <= 5)
    }

    @Test
    func `filters leave out what does not fit`() throws {
        let catalogue = Shipped.reading.catalogue
        let filter = SearchFilter(level: .commune, field: "civil-status", audience: .citizen, channel: .online)
        let found = Self.search.find("", limit: 1000, filter: filter).compactMap { catalogue[$0.code] }
        #expect(!found.isEmpty)
        for procedure in found {
            #expect(procedure.levels.contains(.commune) && procedure.field == "civil-status")
            #expect(procedure.audiences.contains(.citizen) && procedure.revisions.last?.terms(of: .online) != nil)
        }
        #expect(Self.search.find("", limit: 1000).count == catalogue.codes.count)
    }

    @Test(arguments: [
        "my father died", "my mother has died", "My husband is dead", "grandmother passed away last night",
        "death of my father", "what to do when my neighbour died",
    ])
    func `who has died is not asked for, the death is`(words: String) {
        #expect(Self.search.find(words).first?.code.rawValue == "1.000656")
    }

    @Test(arguments: ["bố mất", "bố mất thì làm giấy tờ gì", "BỐ MẤT", "Bo\u{302}\u{301} ma\u{302}\u{301}t", "bo mat"])
    func `whose father died is led to the death registration`(words: String) {
        #expect(Self.search.find(words).first?.code.rawValue == "1.000656")
    }

    @Test
    func `a word with other accents is another word`() throws {
        let catalogue = Shipped.reading.catalogue
        for hit in Self.search.find("dấu", limit: 3) {
            let name = try #require(catalogue[hit.code]?.name.vi)
            #expect(!name.contains("đấu giá"), "\(name)")
        }
        let sensitive = Self.search.find("thẻ", limit: 5).compactMap { catalogue[$0.code]?.name.vi.lowercased() }
        #expect(sensitive.allSatisfy { $0.contains("thẻ") }, "\(sensitive)")
    }

    @Test(arguments: [("hoà giải", "hòa giải"), ("lí lịch tư pháp", "lý lịch tư pháp"), ("huỷ kết hôn", "hủy kết hôn")])
    func `both ways of spelling a word are one`(first: String, second: String) {
        let (one, other) = (Self.search.find(first, limit: 1), Self.search.find(second, limit: 1))
        #expect(one.first != nil && one.first?.code == other.first?.code)
    }

    @Test
    func `a word is no hit because another begins with it`() {
        // `car` is no beginning of `card`, nor `ban` of `bang`.
        let cars = Self.search.find("car", limit: 3).map(\.code.rawValue)
        #expect(!cars.contains { ["2.000587", "1.013859", "1.001122"].contains($0) }, "\(cars)")
        #expect(Self.search.find("qwe").isEmpty)
    }

    @Test(arguments: ["xin visa đi Nhật Bản du lịch", "đăng ký tên lửa", "driving licence for a spaceship"])
    func `what is not here is called loose`(words: String) {
        #expect(Self.search.finding(words).isLoose || Self.search.find(words).isEmpty)
    }

    @Test(arguments: [
        "đăng ký khai sinh", "khai sinh", "lam giay ket hon", "birth certificate", "lost passport", "1.001193",
    ])
    func `what is here is not called loose`(words: String) {
        #expect(!Self.search.finding(words).isLoose)
    }

    @Test
    func `everyday questions are answered in both languages, those held back too`() throws {
        let path = Shipped.folder + "/questions.tsv"
        let questions = try EverydayQuestions(try Data(contentsOf: URL(filePath: path)))
        #expect(questions.all.count >= 200)
        for question in questions.all {
            for code in question.codes { #expect(Shipped.reading.catalogue[code] != nil, "\(question.text)") }
        }
        let scores = questions.evaluated(by: Self.search).scores
        #expect(scores.count == 4)
        for score in scores {
            let least = score.half == .tuning ? 0.9 : score.language == .vi ? 0.9 : 0.75
            #expect(Double(score.firstThree) >= least * Double(score.questions), "\(score)")
        }
    }

    @Test(arguments: ["tuning\tvi\t1.001193", "both\tvi\t1.001193\tq", "tuning\tvi\tx\tq", "tuning\tvi\t1.001193\t"])
    func `a line that is no question is told with its number`(line: String) {
        #expect(throws: EverydayQuestions.Fault.self) { try EverydayQuestions(Data("# remark\n\(line)\n".utf8)) }
    }

    @Test
    func `an evaluation counts only questions that have an answer`() throws {
        let lines = """
            {"question":"Trình tự thực hiện đăng ký kết hôn","expected_procedure_title":"Thủ tục đăng ký kết hôn"}
            {"question":"Cách bay lên mặt trăng","expected_procedure_title":"Cấp phép bay lên mặt trăng"}

            """
        let evaluation = try SearchEvaluation(.init(lines.utf8), of: Self.search, in: Shipped.reading.catalogue)
        #expect((evaluation.questions, evaluation.answerable) == (2, 1))
        #expect((evaluation.recallAt1, evaluation.recallAt5) == (1, 1))
    }
}

struct EditDistanceTests {
    @Test(arguments: [
        ("khai", "khai", 0), ("khai", "kai", 1), ("khai", "kahi", 1), ("khai", "khais", 1), ("khai", "khoi", 1),
        ("khai", "sinh", 2), ("", "ab", 2), ("", "", 0),
    ])
    func `counts slips of the finger up to its limit`(left: String, right: String, distance: Int) {
        #expect(editDistance(Array(left.utf8), Array(right.utf8), limit: 1) == distance)
    }
}
