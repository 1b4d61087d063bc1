import Foundation
import Kernel
import Testing

struct ValueTests {
    @Test(
        arguments: [
            ("  Nguyễn Văn A \n", "Nguyễn Văn A"), ("a\u{0}b\u{7}c", "abc"), ("một\r\nhai\tba", "một\nhai\tba"),
            ("\u{FEFF}Hòa\u{200B}", "Hòa"), ("abc\u{202E}def", "abcdef"), ("\u{A0}x\u{3000}", "x"),
            ("ho\u{200B}\u{300}a", "hòa"), ("", ""),
        ]
    )
    func `keeps of a typed text what people see`(typed: String, kept: String) {
        #expect(Array(typed.tidied.utf8) == Array(kept.utf8))
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
        ]
    )
    func `reads a name as it is written on papers`(typed: String, name: String) {
        #expect(PersonName(rawValue: typed)?.rawValue == name)
        #expect(PersonName(rawValue: typed.decomposedStringWithCanonicalMapping)?.rawValue == name)
    }

    @Test(
        arguments: [
            "A", "", "Nguyễn Văn 3", "<b>Nam</b>", "- -", "Nam@x", String(repeating: "a", count: 101),
            "Na" + String(repeating: "\u{301}", count: 500),
        ]
    )
    func `refuses what is no name`(typed: String) { #expect(PersonName(rawValue: typed) == nil) }

    @Test(
        arguments: [
            ("0912 345 678", "0912345678"), ("+84 912.345.678", "0912345678"), ("84912345678", "0912345678"),
            ("+84 (0) 912 345 678", "0912345678"), ("0084912345678", "0912345678"), ("(024) 3825-2916", "02438252916"),
            ("842438252916", "02438252916"), ("0912\u{A0}345\u{A0}678\u{200B}", "0912345678"),
        ]
    )
    func `reads a telephone number as people write it`(typed: String, number: String) {
        #expect(PhoneNumber(rawValue: typed)?.rawValue == number)
    }

    @Test(
        arguments: [
            "", "091234567", "09123456789", "0112345678", "0612345678", "024382529", "+1 202 555 0100", "0912a45678",
            "٠٩١٢٣٤٥٦٧٨", "+8400912345678", "1900 1234",
        ]
    )
    func `refuses what is no Vietnamese number`(typed: String) { #expect(PhoneNumber(rawValue: typed) == nil) }

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
