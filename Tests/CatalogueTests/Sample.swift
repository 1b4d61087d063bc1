import Kernel
import Web

@testable import Catalogue

/// A small procedure that has one of everything.
enum Sample {
    static let lists: CatalogueLists = {
        var lists = CatalogueLists()
        lists.fields = [Catalogue.Field(key: "civil-status", code: "G15-HT", name: Words("Hộ tịch", "Civil status"))]
        lists.options["provinces"] = [
            FieldOption("01", Words("Hà Nội", "Hanoi")),
            FieldOption("79", Words("TP. Hồ Chí Minh", "Ho Chi Minh City")),
        ]
        return lists
    }()

    static let yaml = """
        code: "1.001193"
        name: { vi: Đăng ký khai sinh, en: Birth registration }
        also: [giấy khai sinh, khai sinh cho bé]
        field: civil-status
        levels: [commune]
        audiences: [citizen, foreigner]
        revisions:
          - from: 2021-01-01
            decision: "1872/QĐ-BTP"
            online: 4
            presence: false
            post: { submit: true, return: true }
            summary: { vi: Đăng ký cho trẻ mới sinh., en: Registers a newborn child. }
            requirements:
              - { vi: Trong 60 ngày từ ngày sinh., en: Within 60 days of the birth. }
            channels:
              counter: { term: 3 working-days, fees: free }
              online: { term: same-day, fees: unknown }
              post:
                term: unstated
                term-note: { vi: Tùy bưu cục., en: Depends on the post office. }
                fees:
                  - { vi: Bản sao, en: Copy, amount: 8000, per: copy, basis: 281/2016/TT-BTC }
            cases:
              - { key: on-time, vi: Đúng hạn, en: On time }
              - { key: abandoned, vi: Trẻ bị bỏ rơi, en: Abandoned child }
            components:
              - { key: declaration, vi: Tờ khai, en: Declaration, original: 1, form: true }
              - { key: birth-proof, vi: Giấy chứng sinh, en: Birth proof, cases: [on-time], original: 1, copies: 1 }
              - { key: record, vi: Biên bản, en: Record, cases: [abandoned], original: 1, digital: false, required: false }
            results:
              - { key: certificate, vi: Giấy khai sinh, en: Birth certificate, electronic: true }
            steps:
              - { key: receive, vi: Tiếp nhận, en: Reception, role: reception, hours: 2 }
              - { key: sign, vi: Ký duyệt, en: Signature, role: leader, hours: 1 }
            legal:
              - { number: 60/2014/QH13, vi: Luật Hộ tịch, en: Law on Civil Status, date: 2014-11-20 }
            form:
              sections:
                - key: applicant
                  vi: Người nộp
                  en: Applicant
                  fields:
                    - { key: fullName, vi: Họ và tên, en: Full name, type: name, required: true, fill: account.name }
                    - { key: phone, vi: Điện thoại, en: Telephone, type: phone, required: true, fill: account.phone }
                    - { key: email, vi: Thư điện tử, en: E-mail, type: email, fill: account.email }
                    - { key: address, vi: Địa chỉ, en: Address, type: address, required: true }
                    - { key: idNumber, vi: Số giấy tờ, en: Identity paper, type: id-number }
                    - { key: number, vi: Số căn cước, en: National number, type: national-number }
                    - { key: day, vi: Ngày làm đơn, en: Date, type: date, fill: today }
                - key: child
                  vi: Thông tin của trẻ
                  en: The child
                  fields:
                    - { key: birthDate, vi: Ngày sinh, en: Date of birth, type: date, required: true, check: not-future }
                    - { key: sex, vi: Giới tính, en: Sex, type: choice, required: true, options: [{ value: "1", vi: Nam, en: Male }, { value: "0", vi: Nữ, en: Female }] }
                    - { key: province, vi: Nơi sinh, en: Place of birth, type: choice, list: provinces }
                    - { key: languages, vi: Ngôn ngữ, en: Languages, type: choices, options: [{ value: a, vi: Việt, en: Vietnamese }, { value: b, vi: Tày, en: Tay }] }
                    - { key: twin, vi: Sinh đôi, en: Twin, type: yes-no }
                    - { key: twinName, vi: Tên trẻ kia, en: The other twin, type: name, required: true, when: { field: twin, is: [true] } }
                    - { key: weight, vi: Cân nặng, en: Weight, type: number, at-least: 1, at-most: 9 }
                    - { key: gift, vi: Trợ cấp, en: Allowance, type: money, at-most: 5000000 }
                    - { key: reason, vi: Lý do, en: Reason, type: paragraph, max: 20, required: { field: child.sex, is: ["0"] } }
                - key: residence
                  vi: Quá trình cư trú
                  en: Residences
                  when: { field: child.province, is: ["79"] }
                  repeat: { min: 1, max: 3 }
                  fields:
                    - { key: start, vi: Từ, en: From, type: partial-date, required: true }
                    - { key: end, vi: Đến, en: Until, type: partial-date, check: "after:start" }
                    - { key: abroad, vi: Ở nước ngoài, en: Abroad, type: yes-no }
                    - { key: country, vi: Nước, en: Country, type: text, required: true, when: { field: abroad, is: [yes] } }
          - from: 2022-08-15
            like: first
            online: full

        """

    static func read(_ yaml: String = yaml, named name: String = "1.001193.yaml") -> (Procedure?, [CatalogueFault]) {
        let log = FaultLog(file: name)
        var reader = ProcedureReader(lists: lists, log: log)
        let procedure = reader.read(yaml, named: name)
        return (procedure, log.faults)
    }

    static let procedure = read().0!
    static let form = procedure.revisions[0].form
    static let today = LocalDate(year: 2026, month: 11, day: 23)!
}
