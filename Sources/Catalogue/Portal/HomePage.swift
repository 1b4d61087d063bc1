import Hummingbird
import Kernel
import Markup
import Web

/// The front door: a search, what most people come for, and the three ways to file.
struct HomePage {
    let catalogue: Catalogue
    let panels: [HTML]
    /// Where dossiers are looked up.
    let lookUp: String?
    let today: LocalDate

    func show(_ context: AppContext) -> Response {
        let say = context.language
        let title = say("Bạn cần làm thủ tục gì?", "What would you like to do?")
        return page(
            title,
            context,
            width: .wide,
            masthead: hero(
                title,
                lead: say(
                    "Gõ bằng lời thường ngày, có dấu hay không dấu đều được.",
                    "Use everyday words; Vietnamese accents are not needed."
                )
            ) {
                searchForm(
                    "/thu-tuc",
                    say("Tìm thủ tục", "Search procedures"),
                    placeholder: say("ví dụ: khai sinh, lý lịch tư pháp", "such as: khai sinh, ly lich tu phap"),
                    button: say("Tìm", "Search"),
                    key: "/"
                )
            }
        ) {
            """
            \(panels)
            \(popular(say))
            \(columns { ways(say) } aside: { "\(tracking(say))" })
            """
        }
    }

    /// Those for which we have written a whole form are those that most people need.
    private func popular(_ say: Language) -> HTML? {
        let procedures = catalogue.codes.compactMap { catalogue[$0] }.filter { procedure in
            procedure.revision(on: today).map { $0.form != .short } ?? false
        }
        guard !procedures.isEmpty else { return nil }
        // Those that people have most words for are those that most people ask for.
        let order = procedures.sorted { (-$0.also.count, $0.code) < (-$1.also.count, $1.code) }
        return """
            <section><h2>\(say("Thủ tục nhiều người làm", "What many people come for"))</h2>\
            \(cards(order.prefix(12).map { Card(say($0.name), "/thu-tuc/\($0.code.rawValue)") }))
            <p><a href="/thu-tuc">\(say("Xem tất cả \(catalogue.codes.count) thủ tục", "All \(catalogue.codes.count) procedures"))</a></p>\
            </section>
            """
    }

    private func ways(_ say: Language) -> HTML {
        """
        <section><h2>\(say("Ba cách nộp hồ sơ", "Three ways to file"))</h2>\
        \(cards([
            Card(
                say("Trực tuyến", "Online"),
                "/thu-tuc?kenh=online",
                text: say(
                    "Điền tờ khai, chụp giấy tờ bằng điện thoại, nộp bất cứ lúc nào.",
                    "Fill in the form, photograph your papers, file at any hour."
                )
            ),
            Card(
                say("Qua bưu chính", "By post"),
                "/thu-tuc?kenh=post",
                text: say(
                    "Bưu tá nhận hồ sơ và trả kết quả tận nhà.",
                    "The post collects your papers and brings the result to your door."
                )
            ),
            Card(
                say("Tại bộ phận Một Cửa", "At the one-stop counter"),
                "/thu-tuc?kenh=counter",
                text: say(
                    "Mang giấy tờ đến, cán bộ nhập giúp và in giấy hẹn.",
                    "Bring your papers; an officer enters them and prints a receipt."
                )
            ),
        ]))</section>
        """
    }

    /// Leads to the look-up, which also asks for the secret on the slip; a code alone must not stand in an address.
    private func tracking(_ say: Language) -> HTML? {
        guard let lookUp else { return nil }
        return panel(say("Theo dõi hồ sơ", "Follow a dossier")) {
            """
            <p>\(say(
                "Cần mã hồ sơ và mã bí mật in trên giấy tiếp nhận.",
                "You need the code and the secret printed on your receipt."
            ))</p>\(linkButton(say("Tra cứu hồ sơ", "Look up a dossier"), lookUp, .plain))
            """
        }
    }
}
