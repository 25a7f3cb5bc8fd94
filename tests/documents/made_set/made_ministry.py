"""Made documents of ministries and of a people's council: decisions, a circular, a decree's plan, a resolution."""

from __future__ import annotations

from datetime import date

from tests.documents.made_set.prose import basis, cited, para, points
from tests.documents.made_set.spec import Annex, Document, Grid, Layout, Para, Point, Section

_ART, _CH, _ROM, _ARA, _DEC = "article", "chapter", "roman", "arabic", "decimal"

DECISION_WITH_REGULATION = Document(
    name="bo-quyet-dinh-quy-che",
    offices=("BỘ GIÁO DỤC VÀ ĐÀO TẠO",),
    issuer="Bộ Giáo dục và Đào tạo",
    kind="Quyết định",
    number="9412/QĐ-BGDĐT",
    place="Hà Nội",
    day=date(2025, 3, 12),
    effective=date(2025, 5, 1),
    title="Ban hành Quy chế quản lý, vận hành kho học liệu dùng chung\ncủa các cơ sở giáo dục phổ thông",
    authority="BỘ TRƯỞNG BỘ GIÁO DỤC VÀ ĐÀO TẠO",
    bases=(
        basis("Luật Giáo dục", "43/2019/QH14", "14 tháng 6 năm 2019"),
        basis("Nghị định", "907/2024/NĐ-CP", "02 tháng 5 năm 2024", "Chính phủ", "quy định về dữ liệu dùng chung"),
        basis("Thông tư", "871/2023/TT-BGDĐT", "09/10/2023", "Bộ trưởng Bộ Giáo dục và Đào tạo"),
    ),
    considered=(
        "Theo đề nghị của Cục trưởng Cục Dữ liệu học đường.",
    ),
    verdict="QUYẾT ĐỊNH:",
    body=(
        Section(_ART, run_in="Ban hành kèm theo Quyết định này Quy chế quản lý, vận hành kho học liệu dùng chung."),
        Section(_ART, run_in="Quyết định này có hiệu lực kể từ ngày 01 tháng 5 năm 2025 và thay thế "
                + cited("Quyết định", "7105/QĐ-BGDĐT", "20 tháng 11 năm 2021") + "."),
        Section(_ART, run_in="Chánh Văn phòng, Cục trưởng Cục Dữ liệu học đường và thủ trưởng các đơn vị có liên quan "
                "chịu trách nhiệm thi hành Quyết định này./."),
    ),
    recipients=("Như Điều 3", "Bộ trưởng (để báo cáo)", "Các sở giáo dục và đào tạo", "Lưu: VT, CDLHĐ"),
    signs_for=("KT. BỘ TRƯỞNG",),
    office="THỨ TRƯỞNG",
    signer_title="Thứ trưởng",
    signer="Nguyễn Văn Ví Dụ",
    annexes=(
        Annex(
            "",
            "QUY CHẾ\nQuản lý, vận hành kho học liệu dùng chung\ncủa các cơ sở giáo dục phổ thông",
            "(Ban hành kèm theo Quyết định số 9412/QĐ-BGDĐT ngày 12 tháng 3 năm 2025\n"
            "của Bộ trưởng Bộ Giáo dục và Đào tạo)".replace("\n", " "),
            (
                Section(_CH, "QUY ĐỊNH CHUNG", (
                    Section(_ART, "Phạm vi điều chỉnh, đối tượng áp dụng", (
                        Point("arabic", "Quy chế này quy định việc nộp, kiểm duyệt, sử dụng và gỡ bỏ học liệu số."),
                        Point("arabic", "Quy chế áp dụng với mọi trường phổ thông có tài khoản trên kho dùng chung."),
                    )),
                    Section(_ART, "Giải thích từ ngữ", (
                        Para("Trong Quy chế này, các từ ngữ dưới đây được hiểu như sau:"),
                        Point("arabic", "Học liệu số là bài giảng, phim, trò chơi và bài tập ở dạng tệp."),
                        Point("arabic", "Kho dùng chung là nơi học liệu của nhiều trường được lưu và tìm thấy."),
                    )),
                )),
                Section(_CH, "NỘP VÀ KIỂM DUYỆT HỌC LIỆU", (
                    Section(_ART, "Điều kiện của học liệu được nộp", (
                        Point("arabic", "Học liệu phải có đủ các thông tin sau đây:", points("letter", 0, 5)),
                        Point("arabic", "Học liệu không chứa hình ảnh của học sinh khi chưa có gia đình đồng ý."),
                    )),
                    Section(_ART, "Trình tự kiểm duyệt", (
                        Point("arabic", "Tổ chuyên môn đọc lần một trong năm ngày làm việc."),
                        Point("arabic", "Hội đồng duyệt lần hai theo " + cited("Quyết định", "88/QĐ-BGDĐT",
                              "03/01/2023") + "."),
                    )),
                )),
                Section(_CH, "ĐIỀU KHOẢN THI HÀNH", (
                    Section(_ART, "Trách nhiệm của các đơn vị", (
                        Point("arabic", "Cục Dữ liệu học đường theo dõi việc thực hiện Quy chế này."),
                        Point("arabic", "Các sở báo cáo kết quả trước ngày 15 tháng 12 hằng năm."),
                    )),
                )),
            ),
        ),
    ),
    layout=Layout(seed=1, tracked=True),
)  # fmt: skip

PLAN_OF_MINISTRY = Document(
    name="bo-ke-hoach-khao-sat",
    offices=("BỘ GIÁO DỤC VÀ ĐÀO TẠO",),
    issuer="Bộ Giáo dục và Đào tạo",
    kind="Kế hoạch",
    number="1503/KH-BGDĐT",
    place="Hà Nội",
    day=date(2024, 11, 5),
    title="Khảo sát năng lực số của học sinh phổ thông năm 2025",
    bases=(
        basis("Quyết định", "2244/QĐ-TTg", "18/12/2023", "Thủ tướng Chính phủ", "phê duyệt Đề án học tập mở",
              "Thực hiện"),
    ),
    opening=("Bộ Giáo dục và Đào tạo ban hành Kế hoạch khảo sát năng lực số của học sinh phổ thông như sau:",),
    body=(
        Section(_ROM, "MỤC ĐÍCH, YÊU CẦU", (
            Section(_ARA, "Mục đích", (para(1), *points("dash", 2, 3))),
            Section(_ARA, "Yêu cầu", (para(4, note="Số học sinh tính theo sĩ số ngày 30 tháng 9 năm 2024."),)),
        )),
        Section(_ROM, "NỘI DUNG", (
            Section(_ARA, "Đối tượng và quy mô", (
                Section(_DEC, "Chọn mẫu", (para(6), Grid((
                    ("TT", "Vùng", "Số trường", "Số học sinh"),
                    ("1", "Đồng bằng", "120", "4.800"),
                    ("2", "Miền núi", "96", "2.880"),
                    ("3", "Hải đảo", "14", "350"),
                    ("", "Tổng cộng", "230", "8.030"),
                ), widths=(1, 4, 2, 2)))),
                Section(_DEC, "Bộ câu hỏi", (para(9), *points("letter", 1, 4))),
            )),
            Section(_ARA, "Thời gian thực hiện", (
                Para("Khảo sát diễn ra trong tháng 4 năm 2025 theo lịch tại "
                     + cited("Công văn", "620/BGDĐT-CNTT", "15/10/2024") + "."),
            )),
        )),
        Section(_ROM, "TỔ CHỨC THỰC HIỆN", (
            Section(_ARA, "Cục Dữ liệu học đường", (para(11),)),
            Section(_ARA, "Các sở giáo dục và đào tạo", (para(13), *points("dash", 6, 2))),
        )),
    ),
    closing=("Trên đây là Kế hoạch khảo sát, Bộ đề nghị các đơn vị triển khai thực hiện./.",),
    recipients=("Các sở giáo dục và đào tạo", "Các vụ, cục", "Lưu: VT, CDLHĐ"),
    signs_for=("TL. BỘ TRƯỞNG",),
    office="CỤC TRƯỞNG",
    signer_title="Cục trưởng",
    signer="Trần Thị Thử",
    layout=Layout(seed=2, styled=True),
)  # fmt: skip

CIRCULAR = Document(
    name="bo-thong-tu",
    offices=("BỘ GIÁO DỤC VÀ ĐÀO TẠO",),
    issuer="Bộ Giáo dục và Đào tạo",
    kind="Thông tư",
    number="905/2025/TT-BGDĐT",
    place="Hà Nội",
    day=date(2025, 8, 20),
    effective=date(2025, 10, 6),
    title="Quy định về phòng đọc thân thiện trong trường tiểu học",
    bases=(
        basis("Luật Thư viện", "46/2019/QH14", "21 tháng 11 năm 2019"),
        basis("Nghị định", "931/2025/NĐ-CP", "28/02/2025", "Chính phủ"),
        "Bộ trưởng Bộ Giáo dục và Đào tạo ban hành Thông tư quy định về phòng đọc thân thiện trong trường tiểu học.",
    ),
    body=(
        Section(_CH, "QUY ĐỊNH CHUNG", (
            Section(_ART, "Phạm vi điều chỉnh", (Para("Thông tư này quy định diện tích, sách của phòng đọc."),)),
            Section(_ART, "Đối tượng áp dụng", (Para("Thông tư áp dụng với trường tiểu học công lập và tư thục."),)),
        )),
        Section(_CH, "TIÊU CHUẨN PHÒNG ĐỌC", (
            Section("section", "DIỆN TÍCH VÀ THIẾT BỊ", (
                Section(_ART, "Diện tích", (para(3),)),
                Section(_ART, "Thiết bị", (
                    Point("arabic", "Kệ sách thấp, không có cạnh sắc."),
                    Point("arabic", "Chỗ ngồi đủ cho một lớp, gồm:", points("letter", 4, 4)),
                )),
            )),
            Section("section", "SÁCH VÀ NGƯỜI PHỤ TRÁCH", (
                Section(_ART, "Số sách tối thiểu", (Grid((
                    ("Quy mô trường", "Số đầu sách", "Số bản"),
                    ("Dưới 10 lớp", "300", "900"),
                    ("Từ 10 đến 20 lớp", "500", "1.800"),
                    ("Trên 20 lớp", "800", "3.200"),
                )),)),
                Section(_ART, "Người phụ trách", (para(8, cited("Thông tư", "16/2017/TT-BGDĐT", "12/7/2017")
                        + " vẫn được áp dụng."),)),
            )),
        )),
        Section(_CH, "TỔ CHỨC THỰC HIỆN", (
            Section(_ART, "Hiệu lực thi hành",
                    (Para("Thông tư này có hiệu lực thi hành từ ngày 06 tháng 10 năm 2025."),)),
            Section(_ART, "Trách nhiệm thi hành", (para(12),)),
        )),
    ),
    recipients=("Văn phòng Chính phủ", "Công báo", "Lưu: VT, PC"),
    signs_for=("KT. BỘ TRƯỞNG",),
    office="THỨ TRƯỞNG",
    signer_title="Thứ trưởng",
    signer="Lê Giả Định",
    layout=Layout(seed=3, size=13),
)  # fmt: skip

RESOLUTION = Document(
    name="hoi-dong-nghi-quyet",
    offices=("HỘI ĐỒNG NHÂN DÂN", "TỈNH VÍ DỤ"),
    issuer="Hội đồng nhân dân tỉnh Ví Dụ",
    kind="Nghị quyết",
    number="17/2024/NQ-HĐND",
    place="Ví Dụ",
    day=date(2024, 12, 10),
    effective=date(2025, 1, 1),
    title="Về mức hỗ trợ bữa ăn trưa cho học sinh vùng xa",
    authority="HỘI ĐỒNG NHÂN DÂN TỈNH VÍ DỤ",
    bases=(
        basis("Luật Giáo dục", "43/2019/QH14", "14/6/2019"),
    ),
    considered=(
        "Xét Tờ trình số ⟦188/TTr-UBND⟧ ngày 15 tháng 11 năm 2024 của Ủy ban nhân dân tỉnh Ví Dụ; Báo cáo thẩm tra "
        "số ⟦77/BC-HĐND⟧ ngày 30 tháng 11 năm 2024 của Ban Văn hóa.",
    ),
    verdict="QUYẾT NGHỊ:",
    body=(
        Section(_ART, "Mức hỗ trợ", (
            Point("arabic", "Học sinh tiểu học được hỗ trợ 18.000 đồng mỗi bữa."),
            Point("arabic", "Học sinh trung học cơ sở được hỗ trợ 21.000 đồng mỗi bữa."),
        )),
        Section(_ART, "Nguồn kinh phí", (para(17),)),
        Section(_ART, "Tổ chức thực hiện", (
            Point("arabic", "Giao Ủy ban nhân dân tỉnh hướng dẫn việc chi trả hằng tháng."),
            Point("arabic", "Nghị quyết này có hiệu lực từ ngày 01 tháng 01 năm 2025."),
        )),
    ),
    recipients=("Ủy ban nhân dân tỉnh", "Các xã, phường", "Lưu: VT"),
    office="CHỦ TỊCH",
    signer_title="Chủ tịch",
    signer="Phạm Thị Mô Phỏng",
    layout=Layout(seed=4, stacked=True),
)  # fmt: skip

DOCUMENTS = (DECISION_WITH_REGULATION, PLAN_OF_MINISTRY, CIRCULAR, RESOLUTION)
