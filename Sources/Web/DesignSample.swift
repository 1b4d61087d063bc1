import Hummingbird
import Markup

/// What `/design` shows, with texts as they really occur.
struct DesignSample {
    let say: Language
    let form: Form

    /// A form in which two fields are wrong.
    static func form(_ context: AppContext) -> Form {
        Form(
            context,
            typed: FormData([
                "fullName": "Nguyễn Thị Diễm Phượng", "birthDate": "30/02/1990", "phone": "", "sex": "female",
                "paper": "", "reason": "", "province": "01",
            ]),
            errors: [
                FieldError(
                    "birthDate",
                    "Ngày 30/02/1990 không có trong lịch. Hãy xem lại giấy tờ tùy thân.",
                    "30/02/1990 is not a day of the calendar. Please look at your identity card."
                ),
                FieldError("phone", "Hãy ghi số điện thoại để chúng tôi báo tin.", "Please give a phone number."),
            ]
        )
    }

    func masthead(_ title: String) -> HTML {
        hero(
            title,
            lead: say(
                "Bình tĩnh, rõ ràng, dễ đọc. Mọi trang của Một Cửa được ghép từ những phần dưới đây.",
                "Calm, clear, easy to read. Every page is put together from the parts below."
            )
        ) {
            searchForm(
                "/design",
                say("Bạn cần làm thủ tục gì?", "What do you need to do?"),
                placeholder: say("Ví dụ: làm khai sinh cho con", "For example: birth registration"),
                button: say("Tìm", "Search"),
                key: "/"
            )
        }
    }

    var type: HTML {
        """
        <h3>Ngữ âm tiếng Việt: Ễ Ậ Ữ Ợ ỹ ẵ ặ</h3>
        <p class="lead">\(say("Đoạn mở đầu nói trang này để làm gì.", "A lead says what the page is for."))</p>
        <p>\(say(
            "Công dân Nguyễn Thị Diễm Phượng đề nghị cấp bản sao trích lục hộ tịch. Dấu chồng như ễ, ậ, ữ không chạm dòng trên.",
            "The lines stand far enough apart for stacked accents, as in Nguyễn, Ậ and Ữ."
        )) <a href="#forms">\(say("Đường dẫn trong câu", "A link in a sentence"))</a>,
        <code>000.00.01.H26-261123-0042</code>.</p>
        <p class="quiet">\(say("Chữ phụ, đủ tương phản để đọc.", "Quiet text, with enough contrast to read."))</p>
        \(disclosure(say("Phần mở ra khi cần", "A part that opens on request")) {
            "<p>\(say("Nội dung chi tiết.", "The details."))</p>"
        })
        """
    }

    var colours: HTML {
        """
        <p>\(say(
            "Nền giấy dó, xanh sơn mài cho việc cần làm, đỏ son cho điểm nhấn và điều cần chú ý, vàng cho nét viền. Màu không bao giờ đứng một mình: chữ luôn nói cùng một điều.",
            "Ivory paper, lacquer teal for what can be done, vermilion for accents and warnings, gold for edges. Colour never stands alone: the words say the same."
        ))</p>
        <ul class="swatches"><li class="paper">\(say("giấy dó", "paper"))</li><li class="ink">\(say("mực", "ink"))</li>
        <li class="teal">\(say("sơn mài", "lacquer"))</li><li class="deep">\(say("then", "deep"))</li>
        <li class="red">\(say("son", "vermilion"))</li><li class="gold">\(say("vàng quỳ", "gold leaf"))</li></ul>
        """
    }

    var buttons: HTML {
        actions(
            button(say("Nộp hồ sơ", "File the dossier"), key: "n"),
            linkButton(say("Lưu và để sau", "Save for later"), "#main", .plain),
            button(say("Rút hồ sơ", "Withdraw"), .danger, confirm: say("Rút hồ sơ này?", "Withdraw this dossier?")),
            button(say("Bỏ qua", "Skip"), .quiet)
        )
    }

    var tags: HTML {
        let states: [(Words, Tone)] = [
            (Words("Mới đăng ký", "Newly filed"), .neutral), (Words("Được tiếp nhận", "Accepted"), .active),
            (Words("Không được tiếp nhận", "Refused"), .bad), (Words("Đang xử lý", "In process"), .active),
            (Words("Yêu cầu bổ sung giấy tờ", "Supplement requested"), .waiting),
            (Words("Chờ nộp phí, lệ phí", "Fee due"), .waiting), (Words("Đã rút", "Withdrawn"), .neutral),
            (Words("Dừng xử lý", "Stopped"), .bad), (Words("Đã xử lý xong", "Finished"), .good),
            (Words("Đã trả kết quả", "Returned"), .good),
        ]
        return "<p>\(states.map { tag(say($0.0), $0.1) }.joined)</p>"
    }

    var notices: HTML {
        """
        \(notice(.active, title: say("Hồ sơ đang được xử lý", "Your dossier is being processed")) {
            "<p>\(say("Dự kiến có kết quả ngày 27/11/2026.", "The result is expected on 27/11/2026."))</p>"
        })
        \(notice(.waiting) {
            "<p>\(say("Cần bổ sung 1 giấy tờ trước ngày 30/11/2026.", "1 paper is needed before 30/11/2026."))</p>"
        })
        \(notice(.good) { "<p>\(say("Đã nhận hồ sơ của bạn.", "We have received your dossier."))</p>" })
        """
    }

    var fields: HTML {
        """
        \(form.summary)
        \(form.post(to: "/design", hasFiles: true, label: say("Biểu mẫu mẫu", "Sample form")) {
            """
            \(form.field(
                "fullName",
                say("Họ, chữ đệm, tên", "Full name"),
                .name,
                hint: say("Như trên căn cước công dân.", "As on the identity card.")
            ))
            \(form.field("birthDate", say("Ngày sinh", "Date of birth"), .date, hint: say("Ví dụ: 23/11/1990", "For example 23/11/1990")))
            \(form.field("phone", say("Số điện thoại", "Phone number"), .phone))
            \(form.field("email", say("Thư điện tử", "E-mail"), .email, required: false))
            \(form.radios(
                "sex",
                say("Giới tính", "Sex"),
                [Choice("male", say("Nam", "Male")), Choice("female", say("Nữ", "Female"))]
            ))
            \(form.checkboxes(
                "paper",
                say("Giấy tờ có sẵn", "Papers at hand"),
                [
                    Choice("id", say("Căn cước công dân", "Identity card")),
                    Choice(
                        "birth",
                        say("Giấy chứng sinh", "Certificate of birth"),
                        hint: say("Do bệnh viện cấp.", "Given by the hospital.")
                    ),
                ]
            ))
            \(form.select(
                "province",
                say("Tỉnh, thành phố", "Province"),
                [Choice("01", "Hà Nội"), Choice("48", "Đà Nẵng"), Choice("79", "Thành phố Hồ Chí Minh")]
            ))
            \(form.textArea("reason", say("Nội dung đề nghị", "What you ask for"), required: false, maxLength: 2000, rows: 3))
            \(form.fileField("scan", say("Ảnh chụp giấy chứng sinh", "Picture of the certificate")))
            \(form.checkbox("true", say("Tôi cam đoan lời khai trên là đúng.", "I declare that this is true.")))
            \(actions(button(say("Tiếp tục", "Go on")), button(say("Lưu nháp", "Save draft"), .plain)))
            """
        })
        """
    }

    var steps: HTML {
        stepList(
            [
                (say("Chọn trường hợp", "Your case"), "#main", true),
                (say("Tờ khai", "Declaration"), "#main", true), (say("Giấy tờ", "Papers"), nil, false),
                (say("Kiểm tra và nộp", "Check and file"), nil, false),
            ],
            current: 2,
            say
        )
    }

    var facts: HTML {
        definitionList([
            (say("Mã hồ sơ", "Dossier code"), "<code>000.00.01.H26-261123-0042</code>"),
            (say("Thủ tục", "Procedure"), .text(say("Đăng ký khai sinh", "Birth registration"))),
            (say("Người nộp", "Applicant"), .text("Nguyễn Thị Diễm Phượng")),
            (say("Hẹn trả", "Due"), "<strong>16:30 27/11/2026</strong>"),
            (say("Trạng thái", "State"), tag(say("Đang xử lý", "In process"), .active)),
        ])
    }

    var happenings: HTML {
        timeline([
            Happening("10:42 24/11/2026", say("Chuyển lãnh đạo ký", "Handed to the leader"), tone: .active),
            Happening(
                "08:15 24/11/2026",
                say("Đã bổ sung giấy tờ", "Papers supplemented"),
                tone: .good,
                detail: "<p class=\"quiet\">\(say("Giấy chứng sinh", "Certificate of birth")) (1)</p>"
            ),
            Happening("14:20 23/11/2026", say("Yêu cầu bổ sung giấy tờ", "Supplement requested"), tone: .waiting),
            Happening("09:30 23/11/2026", say("Nộp trực tuyến", "Filed online")),
        ])
    }

    private var rows: [[HTML]] {
        [
            (
                42, "Nguyễn Thị Diễm Phượng", say("Đăng ký khai sinh", "Birth registration"),
                say("Đang xử lý", "In process"), .active, 2
            ),
            (
                41, "Trần Văn Ổn", say("Cấp phiếu lý lịch tư pháp số 1", "Criminal record No. 1"),
                say("Quá hạn", "Late"), .bad, -1
            ),
            (40, "Hoàng Thị Kim Ngân", say("Đăng ký kết hôn", "Marriage"), say("Chờ bổ sung", "Waiting"), .waiting, 5),
        ].map { (number: Int, name: String, procedure: String, state: String, tone: Tone, days: Int) in
            [
                "<a href=\"#main\">H26-261123-00\(number)</a>", .text(name), .text(procedure), tag(state, tone),
                "\(days)",
            ]
        }
    }

    private var headings: [Column] {
        [
            Column(say("Mã hồ sơ", "Code")), Column(say("Người nộp", "Applicant")),
            Column(say("Thủ tục", "Procedure")), Column(say("Trạng thái", "State")),
            Column(say("Còn (ngày)", "Days left"), numeric: true),
        ]
    }

    var tables: HTML {
        """
        \(table(say("Hồ sơ của tôi", "My dossiers"), headings, rows: rows))
        \(tabs(
            say("Hộp việc", "Inbox"),
            [
                Tab(say("Mới", "New"), "#main", count: 12, key: "1"), Tab(say("Của tôi", "Mine"), "#main", count: 5, key: "2"),
                Tab(say("Quá hạn", "Late"), "#main", count: 1, key: "3"),
            ],
            current: 1
        ))
        \(table(say("Bảng dày cho cán bộ", "A dense table for officers"), headings, density: .dense, rows: rows))
        \(pager(newer: "#main", older: "#main", say))
        """
    }

    var ways: HTML {
        cards([
            Card(
                say("Khai sinh", "Birth"),
                "#main",
                text: say("Đăng ký khai sinh, cấp lại, trích lục.", "Registration and extracts.")
            ),
            Card(say("Lý lịch tư pháp", "Criminal record"), "#main", text: say("Phiếu số 1 và số 2.", "No. 1 and 2.")),
            Card(say("Kết hôn", "Marriage"), "#main", note: tag(say("Toàn trình", "Fully online"), .good)),
        ])
    }

    var paper: HTML {
        sheet {
            """
            <header><p><strong>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</strong><br>Độc lập – Tự do – Hạnh phúc</p>
            <h2>\(say("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "RECEIPT AND APPOINTMENT"))</h2></header>
            \(facts)
            """
        }
    }
}

extension [HTML] {
    /// One after the other, a blank between them.
    fileprivate var joined: HTML { "\(map { "\($0) " as HTML })" }
}
