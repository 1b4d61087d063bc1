import Foundation
import Kernel
import Testing

struct ValueTests {
    @Test(
        arguments: [
            ("  Nguyễn Văn A \n", "Nguyễn Văn A"), ("a\u{0}b\u{7}c", "abc"), ("một\r\nhai\tba", "một\nhai\tba"),
            ("\u{FEFF}Hòa\u{200B}", "Hòa"), ("abc\u{202E}def", "abcdef"), ("\u{A0}x\u{3000}", "x"),
            ("ho\u{200B}\u{300}a", "hòa"), ("", ""),
            ("một\u{B}hai\u{2028}ba\u{2029}bốn\u{85}năm\u{C}sáu\rbảy", "một hai ba bốn năm sáu bảy"),
            ("\u{3164}\u{115F}\u{34F}", ""), ("a\r\n\r\nb", "a\n\nb"), ("\u{E9}\u{301}", "\u{E9}\u{301}"),
        ]
    )
    func `keeps of a typed text what people see`(typed: String, kept: String) {
        #expect(Array(typed.tidied.utf8) == Array(kept.utf8))
    }

    @Test(arguments: [0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF] as [UInt32])
    func `what is no character is not kept`(value: UInt32) throws {
        let none = String(try #require(Unicode.Scalar(value)))
        #expect("Số 5\(none) ngõ 3".tidied == "Số 5 ngõ 3")
        #expect("09\(none)12".plainCode == "0912")
        #expect("\(none)".tidied.isEmpty)
    }

    @Test
    func `one letter never stands for a text of any length`() {
        let accents = String(repeating: "\u{301}", count: 300)
        #expect("o\(accents)!".tidied.unicodeScalars.count == 6)
        for joined in ["👩\u{200D}", "\u{1100}", "क\u{94D}", "\u{200D}"] {
            let tidied = ("a" + String(repeating: joined, count: 5000)).tidied
            #expect(tidied.allSatisfy { $0.unicodeScalars.count <= 16 }, "\(joined.unicodeScalars)")
        }
        #expect("👨‍👩‍👧‍👦 李小龙 สวัสดี हिन्दी".tidied == "👨‍👩‍👧‍👦 李小龙 สวัสดี हिन्दी")
    }

    @Test(
        arguments: [
            ("０９１２３４５６７８", "0912345678"), ("a\u{2011}b\u{2013}c\u{2212}d－e", "a-b-c-d-e"),
            ("1\u{200C}2\u{FEFF}3", "123"),
            ("\u{A0}1\u{3000}2\n", "1 2"), ("plain", "plain"), ("Ｈ２６．１", "H26.1"), ("ă", "ă"),
        ]
    )
    func `a code is what its keys would have written`(pasted: String, code: String) {
        #expect(pasted.plainCode == code)
    }

    @Test
    func `stores both ways of writing accents in one`() {
        let composed = "Đường Trần Hưng Đạo, phường Bến Nghé"
        let decomposed = composed.decomposedStringWithCanonicalMapping
        #expect(Array(composed.utf8) != Array(decomposed.utf8))
        #expect(Array(composed.tidied.utf8) == Array(decomposed.tidied.utf8))
        #expect(composed.tidied == composed.tidied.tidied)
    }

    @Test(
        arguments: [
            ("Hoà Bình", "hoa binh"), ("Hòa  Bình", "hoa binh"), ("ĐẶNG THỊ ÁNH", "dang thi anh"),
            ("đăng ký khai sinh", "dang ky khai sinh"), ("Ðà Nẵng", "da nang"), ("Nguyễn-Văn_A", "nguyen van a"),
            ("Lý lịch tư pháp (phiếu số 2)", "ly lich tu phap phieu so 2"), ("  ", ""), ("1.001193", "1 001193"),
            ("Ưu tiên: ƯỚC, ườn", "uu tien uoc uon"), ("Müller & Søn", "muller søn"), ("Москва", "москва"),
        ]
    )
    func `compares texts without accents, case and marks`(text: String, key: String) {
        #expect(text.folded == key)
        #expect(text.decomposedStringWithCanonicalMapping.folded == key)
        #expect(key.folded == key)
    }

    @Test(
        arguments: [
            ("  Nguyễn   Văn  A ", "Nguyễn Văn A"), ("Y Moan Ê Nuôl", "Y Moan Ê Nuôl"), ("O'Brien", "O'Brien"),
            ("Trần Thị\u{200B} Bích", "Trần Thị Bích"), ("Lê\tNam", "Lê Nam"), ("Jean-Luc M. Đỗ", "Jean-Luc M. Đỗ"),
            ("Ô", "Ô"), ("H’Hen Niê", "H’Hen Niê"), ("Noʻeau", "Noʻeau"), ("李小龙", "李小龙"), ("김민수", "김민수"),
        ]
    )
    func `reads a name as it is written on papers`(typed: String, name: String) {
        #expect(PersonName(rawValue: typed)?.rawValue == name)
        #expect(PersonName(rawValue: typed.decomposedStringWithCanonicalMapping)?.rawValue == name)
    }

    @Test(
        arguments: [
            "", "Nguyễn Văn 3", "<b>Nam</b>", "- -", "Nam@x", String(repeating: "a", count: 101),
            "Na" + String(repeating: "\u{301}", count: 500),
        ]
    )
    func `refuses what is no name`(typed: String) { #expect(PersonName(rawValue: typed) == nil) }

    @Test(arguments: [#"Công ty "Hoa Mai", chi nhánh; số 1"#, "Công ty TNHH 36", "HTX 19/5 (Hà Nội) & Con", "A+B"])
    func `reads the name of an organisation`(typed: String) {
        #expect(OrganisationName(rawValue: "  \(typed) ")?.rawValue == typed)
    }

    @Test(arguments: ["", "7", "36 36", "<b>Công ty</b>", "a", String(repeating: "công ty ", count: 40)])
    func `refuses what names no organisation`(typed: String) { #expect(OrganisationName(rawValue: typed) == nil) }

    @Test(
        arguments: [
            ("0912 345 678", "0912345678"), ("+84 912.345.678", "0912345678"), ("84912345678", "0912345678"),
            ("+84 (0) 912 345 678", "0912345678"), ("0084912345678", "0912345678"), ("(024) 3825-2916", "02438252916"),
            ("842438252916", "02438252916"), ("0912\u{A0}345\u{A0}678\u{200B}", "0912345678"),
            ("0912\u{200C}345678", "0912345678"), ("0912–345–678", "0912345678"), ("０９１２３４５６７８", "0912345678"),
            ("+82 10 1234 5678", "+821012345678"), ("0082-10-1234-5678", "+821012345678"),
            ("＋1 202 555 0100", "+12025550100"),
        ]
    )
    func `reads a telephone number as people write it`(typed: String, number: String) {
        #expect(PhoneNumber(rawValue: typed)?.rawValue == number)
    }

    @Test(
        arguments: [
            "", "091234567", "09123456789", "0112345678", "0612345678", "024382529", "+1 202", "0912a45678",
            "+0912345678",
            "+1234567890123456", "٠٩١٢٣٤٥٦٧٨", "+8400912345678", "1900 1234",
        ]
    )
    func `refuses what is no telephone number`(typed: String) { #expect(PhoneNumber(rawValue: typed) == nil) }

    @Test(arguments: [
        ("0912a45678", PhoneNumber.Fault.strange("a")), ("091234567", .length(9, of: 10)),
        ("0112345678", .noSuchBeginning), ("912345678", .noCountry), ("+82 10", .foreignLength(4)), ("", .noCountry),
    ])
    func `says what is wrong with a number`(typed: String, fault: PhoneNumber.Fault) {
        #expect(throws: fault) { try PhoneNumber(typed: typed) }
    }

    @Test(arguments: [(" Lan.Nguyen@Example.VN ", "lan.nguyen@example.vn"), ("a+b_c@x-y.gov.vn", "a+b_c@x-y.gov.vn")])
    func `reads an e-mail address`(typed: String, address: String) {
        #expect(EmailAddress(rawValue: typed)?.rawValue == address)
    }

    @Test(
        arguments: [
            "", "lan", "lan@", "@x.vn", "lan@localhost", "lan@@x.vn", "a b@x.vn", "lan@x..vn", "lan@-x.vn", "lan@x-.vn",
            ".lan@x.vn", "lan.@x.vn", "la..n@x.vn", "lan@x_y.vn", "lan@x!.vn", "lần@x.vn", "a@b.vn\nbcc: c@d.vn",
            "a@" + String(repeating: "b", count: 64) + ".vn", String(repeating: "a", count: 65) + "@b.vn",
        ]
    )
    func `refuses what is no e-mail address`(typed: String) { #expect(EmailAddress(rawValue: typed) == nil) }

    @Test(arguments: [
        ("001 099 012 345", "001099012345"), ("123456789", "123456789"), ("096300000001", "096300000001"),
        ("001.099–012\u{200B}345", "001099012345"),
    ])
    func `reads a citizen's number`(typed: String, number: String) {
        #expect(NationalNumber(rawValue: typed)?.rawValue == number)
    }

    @Test(arguments: ["", "12345678", "1234567890", "000099012345", "097099012345", "00109901234x", "٠٠١٠٩٩٠١٢٣٤٥"])
    func `refuses what is no citizen's number`(typed: String) { #expect(NationalNumber(rawValue: typed) == nil) }

    @Test(
        arguments: [
            (0, "0 đồng"), (999, "999 đồng"), (1000, "1.000 đồng"), (8000, "8.000 đồng"), (200_000, "200.000 đồng"),
            (1_234_567, "1.234.567 đồng"), (-50_000, "-50.000 đồng"),
        ]
    )
    func `writes an amount as Vietnamese papers do`(dong: Int, text: String) throws {
        #expect(Money(dong: dong).text == text)
        let json = try JSONEncoder().encode([Money(dong: dong)])
        #expect(String(decoding: json, as: UTF8.self) == "[\(dong)]")
        #expect(try JSONDecoder().decode([Money].self, from: json) == [Money(dong: dong)])
    }

    @Test(
        arguments: [
            ("1500000", "1500000"), ("1.500.000", "1500000"), ("1,500,000 đồng", "1500000"), ("1 500 000 đ", "1500000"),
            ("16.000VND", "16000"), ("0", "0"), ("30.000.000,5", nil), ("1500,5", nil), ("1.50", nil), ("1..000", nil),
            ("-5", nil),
            ("đồng", nil), ("", nil), (".000", nil),
        ] as [(String, String?)]
    )
    func `an amount is read as it is written, and a part of a đồng is none`(typed: String, digits: String?) {
        #expect(Money.digits(typed: typed) == digits)
    }

    @Test
    func `amounts add and compare`() {
        #expect(Money(dong: 8000) + Money(dong: 2000) == Money(dong: 10_000))
        #expect(Money(dong: 8000) < Money(dong: 10_000))
    }

    @Test
    func `fresh names sort by age and are never the same`() {
        var names: [ID<Citizen>] = []
        var now: Instant = "2026-11-23T09:00"
        for _ in 0..<2000 {
            names.append(.fresh(at: now))
            now = now + Span(milliseconds: 1)
        }
        #expect(names.map(\.rawValue) == names.map(\.rawValue).sorted())
        #expect(Set((0..<2000).map { _ in ID<Citizen>.fresh(at: now) }).count == 2000)
        let letters = Set("0123456789abcdefghjkmnpqrstvwxyz")
        #expect(names.allSatisfy { $0.rawValue.count == 26 && $0.rawValue.allSatisfy(letters.contains) })
    }

    @Test
    func `writes numbers in base 32`() {
        #expect(base32(0, digits: 3) == "000")
        #expect(base32(31, digits: 2) == "0z")
        #expect(base32(32, digits: 2) == "10")
        #expect(base32(0xFF_FFFF_FFFF, digits: 8) == "zzzzzzzz")
    }
}
