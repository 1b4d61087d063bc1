import HTTPTypes
import Testing

@testable import Web

struct FormDataTests {
    @Test(
        arguments: [
            ("", []),
            ("a=1", ["a=1"]),
            ("a=1&&b=2&", ["a=1", "b=2"]),
            ("a", ["a="]),
            ("a=", ["a="]),
            ("=x", ["=x"]),
            ("a=1=2", ["a=1=2"]),
            ("a=b+c%20d", ["a=b c d"]),
            ("a+b=1", ["a b=1"]),
            ("a%3D%26=%2B", ["a=&=+"]),
            ("ten=Nguy%E1%BB%85n", ["ten=Nguyễn"]),
            ("ten=Nguye%CC%82%CC%83n", ["ten=Nguyễn"]),
            ("ten=Nguyễn", ["ten=Nguyễn"]),
            ("a=%20%20x%09%20", ["a=x"]),
            ("a=x%08y%1B", ["a=xy"]),
            ("a=m%E1%BB%99t%0D%0Ahai", ["a=một\nhai"]),
            ("a=1&a=2", ["a=1", "a=2"]),
        ] as [(String, [String])]
    )
    func `reads what browsers send`(text: String, pairs: [String]) throws {
        let form = try FormData(urlEncoded: text.utf8)
        #expect(form.pairs.map { "\($0.name)=\($0.value)" } == pairs)
    }

    @Test(
        arguments: [
            "a=%", "a=%4", "a=%zz", "a=%4g", "%=1", "a=%00", "%00=1", "a=%FF", "a=%C3", "a=%C3%28", "a=%C0%80",
            "a=%ED%A0%80", "a=%F8%88%80%80%80", "a=\0", "a=1&b=%e1%bb", "a=%F4%90%80%80",
        ]
    )
    func `refuses what cannot be read`(text: String) {
        #expect { try FormData(urlEncoded: text.utf8) } throws: { Problem($0).status == .badRequest }
    }

    @Test func `gives values by name`() {
        var form: FormData = FormData(["a": "1", "b": " ", "a": "2"])
        #expect(form["a"] == "1" && form["c"] == nil && form.all("a") == ["1", "2"])
        #expect(form.filled("a") == "1" && form.filled("b") == nil)
        form.append("c", "3")
        form.remove("a")
        form.remove("x")
        #expect(form["a"] == nil && form.all("a") == [] && form["b"] == "" && form["c"] == "3")
        #expect(form == FormData(["b": "", "c": "3"]))
    }

    /// Thousands of pairs, asked for thousands of names: each asking once went through all of them.
    @Test func `finds values among many in a moment`() {
        var form = FormData()
        for number in 0..<5000 { form.append("name-with-a-long-beginning-\(number)", "x") }
        let time = ContinuousClock().measure {
            for number in 0..<10_000 { _ = form["name-with-a-long-beginning-\(number)"] }
        }
        #expect(time < .seconds(1), "10,000 look-ups took \(time)")
    }

    @Test(
        arguments: [
            ("a=" + String(repeating: "x", count: 1 << 20), 413),
            (String(repeating: "a&", count: 6000), 413),
            ("a=%00", 400),
            ("a=%FF", 400),
            ("a=%4", 400),
            ("a=" + String(repeating: "x", count: 900_000), 200),
        ]
    )
    func `answers a hostile form with its sender's problem`(form: String, status: Int) async throws {
        #expect(try await House().post("/echo", form).status == status)
    }

    @Test func `reads a query as strictly as a form`() async throws {
        let house = House()
        for uri in ["/hello/x?q=%00", "/hello/%00", "/hello/%FF", "/hello/x?q=%4", "/hello/%1B", "/hello/x?%ED%A0%80"] {
            let answer = try await house.get(uri)
            #expect(answer.status == 400 && answer.headers[.contentSecurityPolicy] != nil, "\(uri)")
        }
        #expect(try await house.get("/hello/Nguy%E1%BB%85n?q=a%26b").status == 200)
    }
}
